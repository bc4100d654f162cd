import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChatSummary } from '../../shared/api/types';
import { points, signedPoints } from '../../shared/lib/points';
import { dayAndTime } from '../../shared/lib/when';
import { EmptyNote } from '../../shared/ui/empty-note';
import { urls } from '../../shared/urls';
import { trendOf, type Trend } from './trend';

const height = 64;
const y = (milli: number) => 58 - (Math.min(100_000, Math.max(0, milli)) / 100_000) * 52;

export function LastScores({ chats }: { chats: readonly ChatSummary[] }) {
  const { t } = useTranslation();
  const trend = trendOf(chats);
  if (!trend) {
    return (
      <EmptyNote title={t('records.none')} action={<Link to={urls.hall.to()}>{t('action.toHall')}</Link>}>
        {t('records.noneDetail')}
      </EmptyNote>
    );
  }
  return (
    <>
      <TrendLine trend={trend} />
      <ul className="last-scores">
        {chats.slice(0, 5).map((chat) => (
          <li key={chat.id}>
            <Link to={urls.scorecard.to(chat.id)}>
              <span className="last-title">{chat.title}</span>
              <time className="faint" dateTime={chat.endedAt ?? chat.startedAt}>
                {dayAndTime(chat.endedAt ?? chat.startedAt)}
              </time>
              {chat.total !== undefined && (
                <b className={chat.passed ? 'last-total' : 'last-total failed'}>
                  {points(chat.total)}
                  <span className="sr-only"> {t(chat.passed ? 'verdict.passed' : 'verdict.failed')}</span>
                </b>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <p className="today-more">
        <Link to={urls.records.to()}>{t('today.allRecords')}</Link>
      </p>
    </>
  );
}

/** The last scores as a line, with a sentence that says the same. */
function TrendLine({ trend }: { trend: Trend }) {
  const { t } = useTranslation();
  const { totals, average, change } = trend;
  const words = t('today.average', { count: totals.length, points: points(average) });
  const sentence = change === undefined ? words : `${words}${t('list.semicolon')}${t(change > 0 ? 'today.rose' : change < 0 ? 'today.fell' : 'today.stayed', { points: points(Math.abs(change)) })}`;
  const x = (index: number) => `${totals.length === 1 ? 50 : 3 + (index / (totals.length - 1)) * 94}%`;
  return (
    <figure className="trend">
      <figcaption className="soft">
        {sentence}
        {change !== undefined && <span className={change < 0 ? 'tag bad' : 'tag good'}>{signedPoints(change)}</span>}
      </figcaption>
      {totals.length > 1 && (
        <svg width="100%" height={height} aria-hidden="true">
          <line x1="0" x2="100%" y1={y(0)} y2={y(0)} className="trend-ground" />
          {totals.slice(1).map((total, index) => (
            <line key={index} x1={x(index)} x2={x(index + 1)} y1={y(totals[index] ?? 0)} y2={y(total)} className="trend-line" />
          ))}
          {totals.map((total, index) => (
            <circle key={index} cx={x(index)} cy={y(total)} r={index === totals.length - 1 ? 4.5 : 3} className="trend-dot" />
          ))}
        </svg>
      )}
    </figure>
  );
}
