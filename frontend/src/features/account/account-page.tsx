import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { signOutEverywhere } from '../auth/api/sign-out-everywhere';
import { meQuery } from './api/get-me';
import { ChangePasswordCard } from './change-password-card';
import './account-page.css';

const tiers = ['junior', 'intermediate', 'senior'] as const;

export function AccountPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.account'));
  const me = useQuery(meQuery);
  const leaving = useMutation({ mutationFn: signOutEverywhere });
  return (
    <div className="page account">
      <div className="page-head">
        <h1>{t('place.account')}</h1>
      </div>
      {me.isPending && <Skeleton rows={2} height={160} />}
      {me.error && <FaultNote fault={me.error} onRetry={() => void me.refetch()} retrying={me.isFetching} />}
      {me.data && (
        <>
          <section className="card account-card" aria-label={t('account.person')}>
            <dl>
              <div>
                <dt>{t('account.name')}</dt>
                <dd>{me.data.name}</dd>
              </div>
              <div>
                <dt>{t('account.login')}</dt>
                <dd>{me.data.login}</dd>
              </div>
              <div>
                <dt>{t('account.roles')}</dt>
                <dd className="account-tags">
                  {me.data.roles.map((role) => (
                    <span key={role} className="tag">
                      {t(`role.${role}`)}
                    </span>
                  ))}
                </dd>
              </div>
              <div>
                <dt>{t('account.teams')}</dt>
                <dd>{me.data.teams.length > 0 ? me.data.teams.map((team) => team.name).join(t('list.comma')) : t('account.noTeam')}</dd>
              </div>
              <div>
                <dt>{t('account.tier')}</dt>
                <dd className="account-tier">
                  <span className="account-rungs" aria-hidden="true">
                    {tiers.map((tier, index) => (
                      <i key={tier} className={index <= tiers.findIndex((one) => one === me.data.tier) ? 'on' : ''} />
                    ))}
                  </span>
                  {t(`tier.${me.data.tier}`)}
                </dd>
              </div>
            </dl>
          </section>
          <ChangePasswordCard login={me.data.login} />
          <section className="card account-card" aria-labelledby="safety-title">
            <h2 id="safety-title">{t('account.safety')}</h2>
            <p className="soft">{t('account.safetyDetail')}</p>
            <Popconfirm title={t('account.everywhereAsk')} okText={t('frame.signOutEverywhere')} cancelText={t('action.cancel')} onConfirm={() => leaving.mutate()}>
              <Button danger loading={leaving.isPending} data-testid="sign-out-everywhere">
                {t('frame.signOutEverywhere')}
              </Button>
            </Popconfirm>
            {leaving.error && <FaultNote fault={leaving.error} />}
          </section>
        </>
      )}
    </div>
  );
}
