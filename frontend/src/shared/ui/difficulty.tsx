import { useTranslation } from 'react-i18next';
import './difficulty.css';

/** Difficulty as five rising steps, with the figure for those who do not see them. */
export function Difficulty({ value }: { value: number }) {
  const { t } = useTranslation();
  const words = t('hall.difficultyOf', { value });
  return (
    <span className="difficulty" role="img" aria-label={words} title={words}>
      {[1, 2, 3, 4, 5].map((step) => (
        <i key={step} className={step <= value ? 'on' : ''} style={{ height: 3 + step * 2 }} />
      ))}
    </span>
  );
}
