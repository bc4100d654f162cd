import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoodPoint } from '../../shared/api/types';

const height = 112;
const top = 12;
const bottom = 92;
const y = (mood: number) => bottom - (mood / 100) * (bottom - top);

/** The buyer's mood after each message: a line, a sentence that says the same, and a table. */
export function MoodLine({ points }: { points: readonly MoodPoint[] }) {
  const { t } = useTranslation();
  const [table, setTable] = useState(false);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const lowest = points.reduce((low, point) => (point.mood < low.mood ? point : low), first);
  const sentence = t(last.mood > first.mood ? 'mood.rose' : last.mood < first.mood ? 'mood.fell' : 'mood.stayed', {
    from: first.mood,
    to: last.mood,
    low: lowest.mood,
    seq: lowest.seq,
  });
  const x = (index: number) => `${points.length === 1 ? 50 : 4 + (index / (points.length - 1)) * 92}%`;
  return (
    <section className="card score-card" aria-labelledby="mood-title">
      <header className="score-card-head">
        <h2 id="mood-title">{t('mood.title')}</h2>
        <button type="button" className="text-button" aria-pressed={table} onClick={() => setTable(!table)}>
          {t(table ? 'mood.asLine' : 'mood.asTable')}
        </button>
      </header>
      <p className="soft">{sentence}</p>
      {table ? (
        <div className="mood-table" tabIndex={0} role="group" aria-label={t('mood.title')}>
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{t('mood.after')}</th>
                <th scope="col">{t('mood.value')}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.seq}>
                  <td>{t('score.turn', { seq: point.seq })}</td>
                  <td>{point.mood}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <svg className="mood" width="100%" height={height} role="img" aria-label={sentence}>
          {[0, 50, 100].map((level) => (
            <g key={level}>
              <line x1="0" x2="100%" y1={y(level)} y2={y(level)} className="mood-grid" />
              <text x="0" y={y(level) - 3} className="mood-label">
                {level}
              </text>
            </g>
          ))}
          {points.slice(1).map((point, index) => (
            <line key={point.seq} x1={x(index)} x2={x(index + 1)} y1={y(points[index]?.mood ?? 0)} y2={y(point.mood)} className="mood-line" />
          ))}
          {points.map((point, index) => (
            <g key={point.seq}>
              <circle cx={x(index)} cy={y(point.mood)} r={point.seq === lowest.seq ? 5 : 3.5} className={point.seq === lowest.seq ? 'mood-dot low' : 'mood-dot'}>
                <title>{t('mood.point', { seq: point.seq, mood: point.mood })}</title>
              </circle>
              {(points.length <= 16 || index % 2 === 0) && (
                <text x={x(index)} y={height - 4} textAnchor="middle" className="mood-label">
                  {point.seq}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
    </section>
  );
}
