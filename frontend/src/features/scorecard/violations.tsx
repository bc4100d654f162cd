import { useTranslation } from 'react-i18next';
import type { Evidence, Violation } from '../../shared/api/types';
import { LessonLink } from '../../shared/ui/lesson-link';
import { Quotes } from './quotes';

interface Props {
  violations: readonly Violation[];
  onEvidence: (at: Evidence) => void;
}

export function Violations({ violations, onEvidence }: Props) {
  const { t } = useTranslation();
  return (
    <section className="card score-card" aria-labelledby="violations-title">
      <header className="score-card-head">
        <h2 id="violations-title">{t('score.violations')}</h2>
      </header>
      {violations.length === 0 && <p className="soft">{t('score.noViolations')}</p>}
      <ul className="violations">
        {violations.map((violation, index) => (
          <li key={`${violation.subRule}-${index}`} className="violation">
            <div className="criterion-head">
              <span className={violation.severity === 'MINOR' ? 'tag warn' : 'tag bad'}>{t(`severity.${violation.severity}`)}</span>
              <strong>{violation.title}</strong>
              <span className="faint">
                {violation.subRule} · {violation.name}
              </span>
            </div>
            <Quotes evidence={[violation.evidence]} onEvidence={onEvidence} />
            <p>{violation.why}</p>
            {violation.consequence && (
              <p>
                <b>{t('score.consequence')}</b>
                {violation.consequence}
              </p>
            )}
            {violation.basis.length > 0 && (
              <p className="soft">
                <b>{t('score.basis')}</b>
                {violation.basis.join(t('list.semicolon'))}
              </p>
            )}
            {violation.better.length > 0 && (
              <div className="better">
                <span>{t('coach.better')}</span>
                {violation.better.map((wording) => (
                  <p key={wording}>{wording}</p>
                ))}
              </div>
            )}
            {violation.lesson && (
              <div>
                <LessonLink lesson={violation.lesson} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
