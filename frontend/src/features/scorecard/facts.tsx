import { useTranslation } from 'react-i18next';
import type { Scorecard } from '../../shared/api/types';
import { duration } from '../../shared/lib/when';

export function ReplyTimes({ replies }: { replies: Scorecard['replies'] }) {
  const { t } = useTranslation();
  const target = replies.targetSeconds;
  // Of replies that were timed, a figure that is not there is a reply within the second.
  const times = [
    ['first', replies.firstSeconds ?? 0],
    ['average', replies.averageSeconds ?? 0],
    ['longest', replies.longestSeconds ?? 0],
  ] as const;
  return (
    <section className="card score-card" aria-labelledby="replies-title">
      <header className="score-card-head">
        <h2 id="replies-title">{t('replies.title')}</h2>
        {target !== undefined && <span className="faint">{t('chat.target', { time: duration(target) })}</span>}
      </header>
      {replies.count === 0 ? (
        <p className="soft">{t('replies.none')}</p>
      ) : (
        <dl className="reply-times">
          <div>
            <dt>{t('replies.count')}</dt>
            <dd>{replies.count}</dd>
          </div>
          {times.map(
            ([name, seconds]) => (
              <div key={name}>
                <dt>{t(`replies.${name}`)}</dt>
                <dd className={target !== undefined && seconds > target ? 'late' : ''}>
                  {duration(seconds)}
                  {target !== undefined && seconds > target && <small>{t('replies.late')}</small>}
                </dd>
              </div>
            ),
          )}
        </dl>
      )}
    </section>
  );
}

/** What the score was computed from, for whoever must defend it. */
export function Digests({ card }: { card: Scorecard }) {
  const { t } = useTranslation();
  return (
    <details className="digests">
      <summary>{t('score.digests')}</summary>
      <p className="faint">{t('score.engine', { engine: card.engine })}</p>
      <dl>
        {Object.entries(card.digests).map(([name, digest]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{digest}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
