import { useTranslation } from 'react-i18next';
import type { Evidence, Scorecard, ScoreLine } from '../../shared/api/types';
import { points, signedPoints } from '../../shared/lib/points';
import { readableRef } from './marks';
import { Quotes } from './quotes';

// A loss of nothing is something that was there to be earned and was not.
const kindOf = (line: ScoreLine) => (line.kind === 'loss' && line.points === 0 ? 'missed' : line.kind);

const tagOf = { base: 'tag', gain: 'tag good', loss: 'tag bad', missed: 'tag warn', cap: 'tag warn', zero: 'tag warn', clamp: 'tag warn' } as const;

interface Props {
  card: Scorecard;
  onEvidence: (at: Evidence) => void;
}

/** Every line of the score, caps and zeroing among them, down to the total they add up to. */
export function ScoreLines({ card, onEvidence }: Props) {
  const { t } = useTranslation();
  const sum = card.lines.reduce((total, line) => total + line.points, 0);
  const rounded = card.lines.some((line) => line.points % 100 !== 0);
  return (
    <section className="card score-card" aria-labelledby="lines-title">
      <header className="score-card-head">
        <h2 id="lines-title">{t('score.lines')}</h2>
        {rounded && <span className="faint">{t('score.rounded')}</span>}
      </header>
      <table className="figures score-lines" data-testid="score-lines">
        <thead>
          <tr>
            <th scope="col">{t('score.kind')}</th>
            <th scope="col">{t('score.item')}</th>
            <th scope="col" className="number">
              {t('score.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {card.lines.map((line) => (
            <tr key={line.id} className={`line-${line.kind}`}>
              <td>
                <span className={tagOf[kindOf(line)]}>{t(`lineKind.${kindOf(line)}`)}</span>
                <span className="line-part faint">{t(`part.${line.part}`)}</span>
              </td>
              <td>
                <div>
                  {line.title} {readableRef(line.ref) && <span className="faint">{line.ref}</span>}
                </div>
                {line.why && <p className="line-why">{line.why}</p>}
                <Quotes evidence={line.evidence} onEvidence={onEvidence} />
              </td>
              <td className={line.points < 0 ? 'number minus' : 'number'}>{line.kind === 'base' ? points(line.points) : signedPoints(line.points)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('score.total')}
            </th>
            <td className="number">{points(sum)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
