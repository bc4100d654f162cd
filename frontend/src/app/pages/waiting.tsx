import { useTranslation } from 'react-i18next';
import { Mark } from '../../shared/ui/mark';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100dvh' }} aria-busy="true">
      <span className="sr-only" role="status">
        {t('state.loading')}
      </span>
      <Mark size={48} />
    </main>
  );
}
