import { useTranslation } from 'react-i18next';
import { mayPass, ProblemFault } from '../api/fault';
import { PlainButton } from './button';
import './states.css';

interface Props {
  fault: unknown;
  /** Offered only where trying the same again may help. */
  onRetry?: () => void;
  retrying?: boolean;
}

/** What went wrong, where it went wrong, with the next thing to do. The trace id is small: it is for support. */
export function FaultNote({ fault, onRetry, retrying }: Props) {
  const { t } = useTranslation();
  const problem = fault instanceof ProblemFault ? fault.problem : undefined;
  return (
    <div className="fault-note" role="alert">
      <strong>{problem?.title ?? t('fault.connection')}</strong>
      <p>{problem?.detail ?? t('fault.connectionDetail')}</p>
      {problem?.fields && problem.fields.length > 0 && (
        <ul>
          {problem.fields.map((field) => (
            <li key={field.path + field.code}>{field.detail ?? `${field.path}: ${field.code}`}</li>
          ))}
        </ul>
      )}
      {onRetry && mayPass(fault) && (
        <PlainButton className="small" onClick={onRetry} busy={retrying}>
          {t('action.retry')}
        </PlainButton>
      )}
      {problem?.instance && (
        <span className="fault-trace">
          {t('fault.trace')} <code>{problem.instance}</code>
        </span>
      )}
    </div>
  );
}
