import { useTranslation } from 'react-i18next';
import type { Standing } from '../../api/types';
import { calendarDay } from '../../lib/when';
import './standing.css';

/** The ladder itself: its rungs from below, the one held and the one that comes next. */
export function Rungs({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  return (
    <ol className="rungs" data-testid="ladder">
      {standing.rungs.map((rung) => (
        <li key={rung.tier} className={`rung ${rung.state}`} aria-current={rung.tier === standing.tier ? 'step' : undefined}>
          <span className="rung-bar" aria-hidden="true" />
          <strong>{rung.title}</strong>
          <span className="faint">
            {rung.tier === standing.tier && standing.since ? t('ladder.since', { day: calendarDay(standing.since) }) : t(`ladder.rung.${rung.state}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}
