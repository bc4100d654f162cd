import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { fullTime } from '../../shared/lib/when';
import { chooseLanguage, currentLanguage } from '../../shared/locale/language';
import { FaultNote } from '../../shared/ui/fault-note';
import { Mark } from '../../shared/ui/mark';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { linkQuery } from './api/open-link';
import { redeemLink } from './api/redeem-link';
import { PasswordForm } from './password-form';
import { tokenOf } from './token';
import './link-page.css';

function onHashChange(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The first sign-in and the way back for someone who forgot the password. Open to everybody who holds a link. */
export function LinkPage() {
  const { t } = useTranslation();
  usePageTitle(t('link.title'));
  const navigate = useNavigate();
  const token = tokenOf(useSyncExternalStore(onHashChange, () => window.location.hash));
  const owner = useQuery({ ...linkQuery(token ?? ''), enabled: token !== undefined });
  const redeeming = useMutation({
    mutationFn: redeemLink,
    gcTime: 0,
    // Replaced, so that Back does not lead to a link that is used up.
    onSuccess: () => void navigate(urls.home.to(), { replace: true }),
  });
  const other = currentLanguage() === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <div className="link-page">
      <header>
        <span className="link-brand">
          <Mark size={28} />
          {t('app.name')}
        </span>
        <button type="button" className="link-language" lang={other} onClick={() => void chooseLanguage(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      <main className="link-card">
        {token === undefined && (
          <>
            <h1>{t('link.incomplete')}</h1>
            <p className="soft">{t('link.incompleteDetail')}</p>
          </>
        )}
        {token !== undefined && owner.isPending && (
          <>
            <h1 className="sr-only">{t('link.title')}</h1>
            <Skeleton rows={2} height={88} />
          </>
        )}
        {owner.error && (
          <>
            <h1>{t('link.dead')}</h1>
            <FaultNote fault={owner.error} onRetry={() => void owner.refetch()} retrying={owner.isFetching} />
            <p className="soft">{t('link.deadDetail')}</p>
            <Link to={urls.signIn.to()}>{t('link.toSignIn')}</Link>
          </>
        )}
        {token !== undefined && owner.data && (
          <>
            <h1>{t(owner.data.kind === 'first' ? 'link.welcome' : 'link.again', { name: owner.data.name })}</h1>
            <p className="soft">{t(owner.data.kind === 'first' ? 'link.welcomeDetail' : 'link.againDetail')}</p>
            <PasswordForm
              login={owner.data.login}
              busy={redeeming.isPending}
              fault={redeeming.error}
              onSubmit={(password) => redeeming.mutate({ token, password })}
            />
            <p className="faint">{t('link.until', { time: fullTime(owner.data.expiresAt) })}</p>
          </>
        )}
      </main>
    </div>
  );
}
