import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { teamScoresQuery } from './api/list-team-scores';
import { arrange, orders, summary } from './attention';
import { TeamTable } from './team-table';
import '../../shared/ui/field.css';
import './team.css';

/** A supervisor's home: the own people, those who need a look first. Every figure opens the chats behind it. */
export function TeamPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.team'));
  const [params, setParams] = useSearchParams();
  const scores = useQuery(teamScoresQuery);
  const all = scores.data?.items ?? [];
  const words = params.get('q') ?? '';
  const teamId = params.get('team') ?? '';
  const order = orders.find((known) => known === params.get('order')) ?? 'attention';
  const teams = new Map(all.flatMap(({ person }) => person.teams.map((team) => [team.id, team.name] as const)));
  const shown = arrange(all, words, teamId, order);
  const sum = summary(all);

  function filter(name: string, value: string) {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className="page team-page">
      <div className="page-head">
        <h1>{t('place.team')}</h1>
        {scores.data && all.length > 0 && (
          <p className="soft">
            {t('team.sum', { days: scores.data.days, people: sum.people, chats: sum.chats, passed: sum.passed })}
            {` · ${t('team.needLook', { count: sum.attention })}`}
          </p>
        )}
      </div>
      {all.length > 0 && (
        <div className="team-filters">
          <ChipGroup label={t('team.order')} value={order} options={orders.map((value) => ({ value, label: t(`team.orders.${value}`) }))} onChange={(value) => filter('order', value === 'attention' ? '' : value)} />
          {teams.size > 1 && (
            <Select<string>
              aria-label={t('account.teams')}
              value={teamId}
              onChange={(value) => filter('team', value)}
              style={{ width: 180 }}
              options={[{ value: '', label: t('team.allTeams') }, ...[...teams].map(([value, label]) => ({ value, label }))]}
            />
          )}
          <input className="field compact team-search" type="search" value={words} onChange={(event) => filter('q', event.target.value)} aria-label={t('team.search')} placeholder={t('team.search')} maxLength={100} />
        </div>
      )}
      {scores.isPending && <Skeleton rows={6} height={52} />}
      {scores.error && <FaultNote fault={scores.error} onRetry={() => void scores.refetch()} retrying={scores.isFetching} />}
      {scores.data && all.length === 0 && <EmptyNote title={t('team.none')}>{t('team.noneDetail')}</EmptyNote>}
      {all.length > 0 && shown.length === 0 && <EmptyNote title={t('filter.nothing')} action={<Button onClick={() => setParams({}, { replace: true })}>{t('filter.clear')}</Button>} />}
      {shown.length > 0 && <TeamTable scores={shown} />}
    </div>
  );
}
