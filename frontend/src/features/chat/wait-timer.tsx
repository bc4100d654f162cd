import { useTranslation } from 'react-i18next';
import { duration } from '../../shared/lib/when';
import { useNow } from './use-now';
import { waitedSeconds, waitLevel } from './waiting';

interface Props {
  since: string | undefined;
  targetSeconds: number;
  offset: number;
}

/** How long the buyer has been waiting; the words change with the colour. */
export function WaitTimer({ since, targetSeconds, offset }: Props) {
  const { t } = useTranslation();
  const now = useNow(since !== undefined);
  if (since === undefined) return <span className="wait calm">{t('chat.answered')}</span>;
  const seconds = waitedSeconds(since, now, offset);
  const level = waitLevel(seconds, targetSeconds);
  return (
    <span className={`wait ${level}`} data-testid="wait-timer" data-level={level} title={t('chat.target', { time: duration(targetSeconds) })}>
      {t(`chat.wait.${level}`)} {duration(seconds)}
    </span>
  );
}
