import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { EmptyNote } from '../../shared/ui/empty-note';
import { urls } from '../../shared/urls';

export function NotFound() {
  const { t } = useTranslation();
  usePageTitle(t('notFound.title'));
  return (
    <div className="page">
      <EmptyNote page title={t('notFound.title')} action={<Link to={urls.home.to()}>{t('action.home')}</Link>}>
        {t('notFound.detail')}
      </EmptyNote>
    </div>
  );
}
