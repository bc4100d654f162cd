import { useTranslation } from 'react-i18next';
import { PlainButton } from '../../shared/ui/button';
import { EmptyNote } from '../../shared/ui/empty-note';
import { urls } from '../../shared/urls';

/** The page itself failed, or a part of it could not be fetched (a new version was installed while it was open). */
export function Crash() {
  const { t } = useTranslation();
  return (
    <main className="page" role="alert">
      <EmptyNote
        page
        title={t('crash.title')}
        action={
          <div style={{ display: 'flex', gap: 8 }}>
            <PlainButton look="primary" onClick={() => window.location.reload()}>
              {t('action.reload')}
            </PlainButton>
            <a className="button" href={urls.home.to()}>
              {t('action.home')}
            </a>
          </div>
        }
      >
        {t('crash.detail')}
      </EmptyNote>
    </main>
  );
}
