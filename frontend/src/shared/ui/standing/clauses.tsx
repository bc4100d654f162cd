import { useTranslation } from 'react-i18next';
import type { Clause, NextTier } from '../../api/types';
import { calendarDay } from '../../lib/when';
import { LessonLink } from '../lesson-link';
import './standing.css';

const signs = { met: '✓', open: '○', no_data: '?' } as const satisfies Record<Clause['state'], string>;
const tagOf = { met: 'tag good', open: 'tag warn', no_data: 'tag' } as const satisfies Record<Clause['state'], string>;

interface Props {
  next: NextTier;
  /** The facts behind each clause are open from the start, for whoever must defend the decision. */
  openFacts?: boolean;
}

/** What the next tier asks, clause by clause: what is there, and what would bring it nearer. */
export function Clauses({ next, openFacts = false }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <p className="clause-sum">
        <span className="tag good">{t('ladder.met', { count: next.met })}</span>
        {next.open > 0 && <span className="tag warn">{t('ladder.open', { count: next.open })}</span>}
        {next.noData > 0 && <span className="tag">{t('ladder.noData', { count: next.noData })}</span>}
        {next.earliest && <span className="soft">{t('ladder.earliest', { day: calendarDay(next.earliest) })}</span>}
      </p>
      <ul className="clauses">
        {next.clauses.map((clause) => (
          <li key={clause.id} className={`clause ${clause.state}`} data-testid={`clause-${clause.id}`} data-state={clause.state}>
            <span className="clause-sign" aria-hidden="true">
              {signs[clause.state]}
            </span>
            <div>
              <p className="clause-head">
                <strong>{clause.title}</strong>
                <span className={tagOf[clause.state]}>{t(`ladder.state.${clause.state}`)}</span>
              </p>
              <p className="soft">{clause.detail}</p>
              {clause.state !== 'met' && clause.nearer && (
                <p className="clause-nearer">
                  <b>{t('ladder.nearer')}</b>
                  {clause.nearer}
                </p>
              )}
              {clause.state !== 'met' && clause.opensOn && <p className="faint">{t('ladder.opensOn', { day: calendarDay(clause.opensOn) })}</p>}
              {clause.facts.length > 0 && (
                <details className="clause-facts" open={openFacts}>
                  <summary>{t('ladder.facts')}</summary>
                  <dl>
                    {clause.facts.map((fact) => (
                      <div key={fact.id}>
                        <dt>{fact.label}</dt>
                        <dd>{fact.value}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              )}
              {clause.lesson && <LessonLink lesson={clause.lesson} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
