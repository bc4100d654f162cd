import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyNote } from '../../shared/ui/empty-note';
import { urls } from '../../shared/urls';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <h1 className="sr-only">{t('notFound.title')}</h1>
      <EmptyNote title={t('notFound.title')} action={<Link to={urls.home.to()}>{t('action.home')}</Link>}>
        {t('notFound.detail')}
      </EmptyNote>
    </div>
  );
}
