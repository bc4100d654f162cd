import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { LadderRow, Tier } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { calendarDay } from '../../shared/lib/when';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { ladderQuery } from '../ladder/api/list-ladder';
import '../../shared/ui/field.css';
import './ladder-page.css';

const tiers = ['none', 'junior', 'intermediate', 'senior'] as const satisfies readonly Tier[];

/** The HR table: who stands where, and which clauses are in the way of the next tier. */
export function LadderPage() {
  const { t } = useTranslation();
  usePageTitle(t('hr.title'));
  const [params, setParams] = useSearchParams();
  const tier = tiers.find((known) => known === params.get('tier'));
  const q = params.get('q') ?? undefined;
  const rows = useInfiniteQuery(ladderQuery({ tier, q }));
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = tier !== undefined || q !== undefined;

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

  return (
    <div className="page hr-page">
      <div className="page-head">
        <h1>{t('hr.title')}</h1>
        <p className="soft">{t('hr.hint')}</p>
      </div>
      <div className="hr-filters">
        <ChipGroup<string>
          label={t('account.tier')}
          value={tier ?? ''}
          options={[{ value: '', label: t('filter.all') }, ...tiers.map((value) => ({ value: value as string, label: t(`tier.${value}`) }))]}
          onChange={(value) => filter('tier', value)}
        />
        <Search value={q ?? ''} onSearch={(value) => filter('q', value)} />
      </div>
      {rows.isPending && <Skeleton rows={6} height={56} />}
      {rows.error && <FaultNote fault={rows.error} onRetry={() => void rows.refetch()} retrying={rows.isFetching} />}
      {rows.data && items.length === 0 && (
        <EmptyNote title={t(filtered ? 'filter.nothing' : 'hr.none')} action={filtered ? <Button onClick={() => setParams({}, { replace: true })}>{t('filter.clear')}</Button> : <Link to={urls.people.to()}>{t('hr.toPeople')}</Link>}>
          {filtered ? undefined : t('hr.noneDetail')}
        </EmptyNote>
      )}
      {items.length > 0 && (
        <table className="card hr-table" aria-busy={rows.isPlaceholderData}>
          <thead>
            <tr>
              <th scope="col">{t('team.person')}</th>
              <th scope="col">{t('account.tier')}</th>
              <th scope="col" className="number">
                {t('hr.tenure')}
              </th>
              <th scope="col">{t('hr.next')}</th>
              <th scope="col">{t('hr.openClauses')}</th>
              <th scope="col" className="number">
                {t('hr.earliest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <Row key={row.person.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {rows.hasNextPage && (
        <div className="hr-more">
          <Button onClick={() => void rows.fetchNextPage()} loading={rows.isFetchingNextPage}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Asks the server a moment after the last letter. */
function Search({ value, onSearch }: { value: string; onSearch: (value: string) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    // The address has changed under the field: Back, or a filter cleared.
    setSeen(value);
    if (value !== words.trim()) setWords(value);
  }
  useEffect(() => {
    if (words.trim() === value) return;
    const timer = setTimeout(() => onSearch(words.trim()), 250);
    return () => clearTimeout(timer);
  });
  return <input className="field compact hr-search" type="search" value={words} onChange={(event) => setWords(event.target.value)} aria-label={t('team.search')} placeholder={t('team.search')} maxLength={100} />;
}

function Row({ row }: { row: LadderRow }) {
  const { t } = useTranslation();
  const { person } = row;
  const total = row.met + row.open + row.noData;
  return (
    <tr data-testid={`hr-row-${person.login}`}>
      <th scope="row">
        <Link to={urls.personLadder.to(person.id)}>{person.name}</Link> <span className="faint">{person.login}</span>
        {person.status !== 'active' && <span className="tag">{t(`people.is.${person.status}`)}</span>}
        {person.teams.length > 0 && <span className="faint hr-teams">{person.teams.map((team) => team.name).join(t('list.comma'))}</span>}
      </th>
      <td data-label={t('account.tier')}>
        {t(`tier.${row.tier}`)}
        {row.since && <span className="faint hr-since">{t('ladder.since', { day: calendarDay(row.since) })}</span>}
      </td>
      <td className="number" data-label={t('hr.tenure')}>
        {row.tenureDays === undefined ? <span className="faint">—</span> : t('hr.days', { count: row.tenureDays })}
      </td>
      <td data-label={t('hr.next')}>
        {row.nextTier ? (
          <>
            {t(`tier.${row.nextTier}`)} <span className={row.met === total ? 'tag good' : 'tag'}>{t('hr.metOf', { met: row.met, total })}</span>
          </>
        ) : (
          <span className="faint">{t('hr.top')}</span>
        )}
      </td>
      <td data-label={t('hr.openClauses')} className="hr-clauses">
        {row.openClauses.length === 0 ? (
          <span className="faint">—</span>
        ) : (
          <ul>
            {row.openClauses.map((clause) => (
              <li key={clause} className="tag warn">
                {clause}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="number" data-label={t('hr.earliest')}>
        {row.earliest ? calendarDay(row.earliest) : <span className="faint">—</span>}
      </td>
    </tr>
  );
}
