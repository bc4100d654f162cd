import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Review } from '../../shared/api/types';
import { points } from '../../shared/lib/points';
import { FaultNote } from '../../shared/ui/fault-note';
import { LessonLink } from '../../shared/ui/lesson-link';
import { urls } from '../../shared/urls';
import { useStartChat } from '../chat/api/use-start-chat';
import { readableRef } from './marks';

/** The head of a scorecard: passed or not, the total, its four parts, and what to do next. */
export function Verdict({ review, own }: { review: Review; own: boolean }) {
  const { t } = useTranslation();
  const starting = useStartChat();
  const { scorecard, chat } = review;
  return (
    <div className="verdict-grid">
      <section className={scorecard.passed ? 'card verdict passed' : 'card verdict failed'} aria-labelledby="verdict-title">
        <h2 id="verdict-title" className="sr-only">
          {t('score.verdict')}
        </h2>
        <p className="verdict-word" data-testid="verdict">
          {t(scorecard.passed ? 'verdict.passed' : 'verdict.failed')}
        </p>
        <p className="verdict-total">
          <span data-testid="total-score">{points(scorecard.total)}</span>
          <small>{t('score.outOf')}</small>
        </p>
        <p className="soft">{t('score.passLine', { points: points(scorecard.passLine) })}</p>
        {scorecard.autoFails.length > 0 && (
          <ul className="auto-fails">
            {scorecard.autoFails.map((fail) => (
              <li key={fail.id}>
                <span className="tag bad">{t('score.autoFail')}</span> {fail.title}
              </li>
            ))}
          </ul>
        )}
        {chat.outcome && <p className="soft">{t(`outcome.${chat.outcome}`)}</p>}
        {own && (
          <div className="verdict-actions">
            <Button type="primary" data-testid="again" loading={starting.isPending} onClick={() => starting.mutate(chat.scenarioId)}>
              {t('hall.again')}
            </Button>
            <Link to={urls.hall.to()}>{t('action.toHall')}</Link>
          </div>
        )}
        {starting.error && <FaultNote fault={starting.error} />}
      </section>
      <section className="card parts" aria-labelledby="parts-title">
        <h2 id="parts-title">{t('score.parts')}</h2>
        <ul>
          {scorecard.parts.map((part) => (
            <li key={part.id} className={part.applies ? 'part' : 'part off'}>
              <div className="part-line">
                <span>{part.title}</span>
                {part.applies ? (
                  <span>
                    <b>{points(part.points)}</b>
                    <span className="faint"> / {points(part.weight)}</span>
                  </span>
                ) : (
                  <span className="tag">{t('score.notApplicable')}</span>
                )}
              </div>
              {part.applies ? (
                <div className="part-bar" role="img" aria-label={t('score.partScore', { title: part.title, score: points(part.score) })}>
                  <i style={{ width: `${Math.min(100, Math.max(0, part.score / 1000))}%` }} />
                </div>
              ) : (
                part.reason && <p className="faint">{part.reason}</p>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="card next-steps" aria-labelledby="next-title">
        <h2 id="next-title">{t('score.nextSteps')}</h2>
        {scorecard.nextSteps.length === 0 ? (
          <p className="soft">{t('score.noNextSteps')}</p>
        ) : (
          <ol>
            {scorecard.nextSteps.map((step, index) => (
              <li key={step.ref}>
                <span className="step-number" aria-hidden="true">
                  {index + 1}
                </span>
                <div>
                  <strong>{step.title}</strong> {readableRef(step.ref) && <span className="faint">{step.ref}</span>}
                  <p className="soft">{step.advice}</p>
                  {step.lesson && <LessonLink lesson={step.lesson} />}
                </div>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}
