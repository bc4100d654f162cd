import { useTranslation } from 'react-i18next';
import type { CriterionScore, Evidence } from '../../shared/api/types';
import { LessonLink } from '../../shared/ui/lesson-link';
import { Quotes } from './quotes';

interface Props {
  criteria: readonly CriterionScore[];
  onEvidence: (at: Evidence) => void;
}

export function Criteria({ criteria, onEvidence }: Props) {
  const { t } = useTranslation();
  return (
    <section className="card score-card" aria-labelledby="criteria-title">
      <header className="score-card-head">
        <h2 id="criteria-title">{t('score.criteria')}</h2>
      </header>
      <ul className="criteria">
        {criteria.map((criterion) => (
          <li key={criterion.id} className={criterion.applies ? 'criterion' : 'criterion off'}>
            <div className="criterion-head">
              <span className="criterion-id">{criterion.id}</span>
              <strong>{criterion.title}</strong>
              {criterion.applies ? (
                <span className="levels" role="img" aria-label={t('score.levelOf', { level: criterion.level })}>
                  {[1, 2, 3].map((step) => (
                    <i key={step} className={step <= criterion.level ? 'on' : ''} />
                  ))}
                  <b aria-hidden="true">{criterion.level} / 3</b>
                </span>
              ) : (
                <span className="tag">{t('score.notApplicable')}</span>
              )}
            </div>
            {criterion.why && <p className="soft">{criterion.why}</p>}
            {criterion.applies && criterion.better && (
              <div className="better">
                <span>{t('coach.better')}</span>
                <p>{criterion.better}</p>
              </div>
            )}
            <Quotes evidence={criterion.evidence} onEvidence={onEvidence}>
              {criterion.lesson && <LessonLink lesson={criterion.lesson} />}
            </Quotes>
          </li>
        ))}
      </ul>
    </section>
  );
}
