import { useTranslation } from 'react-i18next';
import './states.css';

/** Grey shapes in place of what is coming; a screen reader hears one word. */
export function Skeleton({ rows = 3, height = 96 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-block" style={{ height }} />
      ))}
    </div>
  );
}
