import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../shared/api/types';

interface Props {
  evidence: readonly Evidence[];
  onEvidence: (at: Evidence) => void;
  children?: ReactNode;
}

/** The quoted places of a gain or loss, each a way back into the transcript; the same words of a message stand once. */
export function Quotes({ evidence, onEvidence, children }: Props) {
  const { t } = useTranslation();
  const once = evidence.filter((at, index) => evidence.findIndex((other) => other.seq === at.seq && other.quote === at.quote) === index);
  if (once.length === 0 && !children) return null;
  return (
    <div className="line-evidence">
      {once.map((at) => (
        <button type="button" className="quote-button" key={`${at.seq}:${at.start}`} onClick={() => onEvidence(at)}>
          {t('score.turn', { seq: at.seq })}
          {at.quote && <q>{at.quote}</q>}
        </button>
      ))}
      {children}
    </div>
  );
}
