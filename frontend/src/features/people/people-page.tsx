import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { useSettled } from '../../shared/lib/use-settled';
import { usePerson } from '../../shared/session/session';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { teamsQuery } from '../teams/api/list-teams';
import { peopleQuery } from './api/list-people';
import { CreatePersonDialog } from './create-person-dialog';
import { PersonLine } from './person-line';
import { allRoles, allStatuses } from './roles';
import './people.css';

export function PeoplePage() {
  const { t } = useTranslation();
  usePageTitle(t('place.people'));
  const own = usePerson().roles;
  const office = own.includes('hr') || own.includes('admin');
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const role = allRoles.find((known) => known === params.get('role'));
  const status = allStatuses.find((known) => known === params.get('status'));
  const teamId = params.get('team') ?? undefined;
  const q = params.get('q') ?? undefined;
  const [typed, setTyped] = useState(q ?? '');
  const settled = useSettled(typed.trim());
  const people = useInfiniteQuery({ ...peopleQuery({ q, role, teamId, status }), placeholderData: (before) => before });
  const teams = useQuery(teamsQuery);
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(q || role || teamId || status);

  function filter(name: string, value: string) {
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }

  function clear() {
    setTyped('');
    setParams({}, { replace: true });
  }

  useEffect(() => {
    setParams(
      (now) => {
        if ((now.get('q') ?? '') === settled) return now;
        const next = new URLSearchParams(now);
        if (settled) next.set('q', settled);
        else next.delete('q');
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
    // Only what was typed leads to the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('place.people')}</h1>
        <p className="soft">{t('people.hint')}</p>
        {office && (
          <div className="page-actions">
            <Link className="button" to={urls.peopleImport.to()} data-testid="to-import">
              {t('people.import')}
            </Link>
            <Button type="primary" onClick={() => setCreating(true)} data-testid="create-person">
              {t('people.create')}
            </Button>
          </div>
        )}
      </div>
      <div className="people-filters" role="search">
        <Input
          type="search"
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={100}
          placeholder={t('people.search')}
          aria-label={t('people.search')}
          style={{ width: 240 }}
          data-testid="people-search"
        />
        <ChipGroup<string>
          label={t('people.status')}
          value={status ?? ''}
          options={[{ value: '', label: t('filter.all') }, ...allStatuses.map((value) => ({ value: value as string, label: t(`people.is.${value}`) }))]}
          onChange={(value) => filter('status', value)}
        />
        <label className="people-choice">
          <span className="chip-label">{t('people.role')}</span>
          <Select<string>
            aria-label={t('people.role')}
            value={role ?? ''}
            onChange={(value) => filter('role', value)}
            style={{ width: 120 }}
            options={[{ value: '', label: t('filter.all') }, ...allRoles.map((value) => ({ value: value as string, label: t(`role.${value}`) }))]}
          />
        </label>
        <label className="people-choice">
          <span className="chip-label">{t('people.team')}</span>
          <Select<string>
            aria-label={t('people.team')}
            value={teamId ?? ''}
            onChange={(value) => filter('team', value)}
            style={{ width: 160 }}
            popupMatchSelectWidth={240}
            showSearch={{ optionFilterProp: 'label' }}
            options={[{ value: '', label: t('filter.all') }, ...(teams.data ?? []).map((team) => ({ value: team.id, label: team.name }))]}
          />
        </label>
      </div>
      {people.isPending && <Skeleton rows={6} height={60} />}
      {people.error && <FaultNote fault={people.error} onRetry={() => void people.refetch()} retrying={people.isFetching} />}
      {people.data && items.length === 0 && (
        <EmptyNote
          title={t(filtered ? 'filter.nothing' : 'people.none')}
          action={
            filtered ? (
              <Button onClick={clear}>{t('filter.clear')}</Button>
            ) : (
              office && (
                <Button type="primary" onClick={() => setCreating(true)}>
                  {t('people.create')}
                </Button>
              )
            )
          }
        >
          {filtered ? undefined : t('people.noneDetail')}
        </EmptyNote>
      )}
      {items.length > 0 && (
        <>
          <div className="people-columns" aria-hidden="true">
            <span>{t('people.person')}</span>
            <span>{t('account.roles')}</span>
            <span>{t('account.teams')}</span>
            <span>{t('account.tier')}</span>
            <span>{t('people.status')}</span>
            <span>{t('people.seen')}</span>
          </div>
          <ul className="people card" aria-busy={people.isPlaceholderData}>
            {items.map((person) => (
              <li key={person.id}>
                <PersonLine person={person} />
              </li>
            ))}
          </ul>
        </>
      )}
      {people.hasNextPage && (
        <div className="people-more">
          <Button onClick={() => void people.fetchNextPage()} loading={people.isFetchingNextPage} data-testid="people-more">
            {t('action.more')}
          </Button>
        </div>
      )}
      {creating && <CreatePersonDialog onClose={() => setCreating(false)} />}
    </div>
  );
}
