import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ChatStatus, ChatSummary } from '../../shared/api/types';
import { points } from '../../shared/lib/points';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { dayAndTime, fullTime } from '../../shared/lib/when';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { scenariosQuery } from '../hall/api/list-scenarios';
import { chatsQuery } from './api/list-chats';
import './records-page.css';

const statuses: readonly ChatStatus[] = ['active', 'ended'];

export function RecordsPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.records'));
  const [params, setParams] = useSearchParams();
  const status = statuses.find((known) => known === params.get('status'));
  const scenarioId = params.get('scenario') ?? undefined;
  const chats = useInfiniteQuery(chatsQuery({ status, scenarioId }));
  const scenarios = useQuery(scenariosQuery);
  const items = chats.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = status !== undefined || scenarioId !== undefined;

  function filter(name: string, value: string | undefined) {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('place.records')}</h1>
        <p className="soft">{t('records.hint')}</p>
      </div>
      <div className="records-filters">
        <ChipGroup<string>
          label={t('records.status')}
          value={status ?? ''}
          options={[{ value: '', label: t('filter.all') }, ...statuses.map((value) => ({ value: value as string, label: t(`status.${value}`) }))]}
          onChange={(value) => filter('status', value)}
        />
        <label className="records-scenario">
          <span className="chip-label">{t('records.scenario')}</span>
          <Select<string>
            aria-label={t('records.scenario')}
            value={scenarioId ?? ''}
            onChange={(value) => filter('scenario', value)}
            popupMatchSelectWidth={280}
            style={{ width: 220 }}
            options={[{ value: '', label: t('filter.all') }, ...(scenarios.data ?? []).map((card) => ({ value: card.id, label: `${card.id} ${card.title}` }))]}
          />
        </label>
      </div>
      {chats.isPending && <Skeleton rows={5} height={56} />}
      {chats.error && <FaultNote fault={chats.error} onRetry={() => void chats.refetch()} retrying={chats.isFetching} />}
      {chats.data && items.length === 0 && (
        <EmptyNote
          title={t(filtered ? 'filter.nothing' : 'records.none')}
          action={filtered ? <Button onClick={() => setParams({}, { replace: true })}>{t('filter.clear')}</Button> : <Link to={urls.hall.to()}>{t('action.toHall')}</Link>}
        >
          {filtered ? undefined : t('records.noneDetail')}
        </EmptyNote>
      )}
      {items.length > 0 && (
        <ul className="records card">
          {items.map((chat) => (
            <li key={chat.id}>
              <Row chat={chat} />
            </li>
          ))}
        </ul>
      )}
      {chats.hasNextPage && (
        <div className="records-more">
          <Button onClick={() => void chats.fetchNextPage()} loading={chats.isFetchingNextPage}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ chat }: { chat: ChatSummary }) {
  const { t } = useTranslation();
  const ended = chat.status === 'ended';
  return (
    <Link className="record" to={ended ? urls.scorecard.to(chat.id) : urls.chat.to(chat.id)}>
      <span className="record-title">
        <strong>{chat.title}</strong>
        <span className="faint">
          {chat.scenarioId} · {t(`stage.${chat.stage}`)}
        </span>
      </span>
      <time className="record-time" dateTime={chat.startedAt} title={fullTime(chat.startedAt)}>
        {dayAndTime(chat.startedAt)}
      </time>
      <span className="record-end">{chat.outcome ? t(`outcomeShort.${chat.outcome}`) : ''}</span>
      <span className="record-score">
        {chat.total !== undefined ? (
          <>
            <b>{points(chat.total)}</b>
            <span className={chat.passed ? 'tag good' : 'tag bad'}>{t(chat.passed ? 'verdict.passed' : 'verdict.failed')}</span>
          </>
        ) : (
          <span className={ended ? 'tag' : 'tag warn'}>{t(`status.${chat.status}`)}</span>
        )}
      </span>
    </Link>
  );
}
