import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { TeamChat } from '../../shared/api/types';
import { points } from '../../shared/lib/points';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { dayAndTime, fullTime } from '../../shared/lib/when';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { scenariosQuery } from '../hall/api/list-scenarios';
import { teamChatsQuery } from './api/list-team-chats';
import { teamScoresQuery } from './api/list-team-scores';
import './team.css';

const verdicts = ['', 'true', 'false'] as const;

/** The ended chats of the own teams, newest first: what is behind a figure. */
export function TeamChatsPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.teamChats'));
  const [params, setParams] = useSearchParams();
  const personId = params.get('person') ?? undefined;
  const scenarioId = params.get('scenario') ?? undefined;
  const verdict = verdicts.find((known) => known === params.get('passed')) ?? '';
  const chats = useInfiniteQuery(teamChatsQuery({ personId, scenarioId, passed: verdict === '' ? undefined : verdict === 'true' }));
  const people = useQuery(teamScoresQuery);
  const scenarios = useQuery(scenariosQuery);
  const items = chats.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = personId !== undefined || scenarioId !== undefined || verdict !== '';

  function filter(name: string, value: string) {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('place.teamChats')}</h1>
        <p className="soft">{t('team.chatsHint')}</p>
      </div>
      <div className="team-filters">
        <ChipGroup
          label={t('score.verdict')}
          value={verdict}
          options={verdicts.map((value) => ({ value, label: t(value === '' ? 'filter.all' : value === 'true' ? 'verdict.passed' : 'verdict.failed') }))}
          onChange={(value) => filter('passed', value)}
        />
        <Select<string>
          aria-label={t('team.person')}
          showSearch={{ optionFilterProp: 'label' }}
          value={personId ?? ''}
          onChange={(value) => filter('person', value)}
          style={{ width: 200 }}
          options={[{ value: '', label: t('team.allPeople') }, ...(people.data?.items ?? []).map(({ person }) => ({ value: person.id, label: `${person.name} ${person.login}` }))]}
        />
        <Select<string>
          aria-label={t('records.scenario')}
          value={scenarioId ?? ''}
          onChange={(value) => filter('scenario', value)}
          popupMatchSelectWidth={280}
          style={{ width: 220 }}
          options={[{ value: '', label: t('team.allScenarios') }, ...(scenarios.data ?? []).map((card) => ({ value: card.id, label: `${card.id} ${card.title}` }))]}
        />
      </div>
      {chats.isPending && <Skeleton rows={5} height={56} />}
      {chats.error && <FaultNote fault={chats.error} onRetry={() => void chats.refetch()} retrying={chats.isFetching} />}
      {chats.data && items.length === 0 && (
        <EmptyNote title={t(filtered ? 'filter.nothing' : 'team.noChats')} action={filtered ? <Button onClick={() => setParams({}, { replace: true })}>{t('filter.clear')}</Button> : undefined}>
          {filtered ? undefined : t('team.noChatsDetail')}
        </EmptyNote>
      )}
      {items.length > 0 && (
        <ul className="team-chats card">
          {items.map((item) => (
            <li key={item.chat.id}>
              <Row item={item} />
            </li>
          ))}
        </ul>
      )}
      {chats.hasNextPage && (
        <div className="team-more">
          <Button onClick={() => void chats.fetchNextPage()} loading={chats.isFetchingNextPage}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ item: { chat, personName } }: { item: TeamChat }) {
  const { t } = useTranslation();
  const at = chat.endedAt ?? chat.startedAt;
  return (
    // The review of a chat does not name its person; the list does, and the history of the browser keeps it.
    <Link className="team-chat" to={urls.teamChat.to(chat.id)} state={{ personName }} data-testid={`team-chat-${chat.id}`}>
      <span className="team-chat-who">{personName}</span>
      <span className="team-chat-title">
        <strong>{chat.title}</strong>
        <span className="faint">
          {chat.scenarioId} · {t(`stage.${chat.stage}`)}
          {chat.outcome && ` · ${t(`outcomeShort.${chat.outcome}`)}`}
        </span>
      </span>
      <time className="soft" dateTime={at} title={fullTime(at)}>
        {dayAndTime(at)}
      </time>
      <span className="team-chat-score">
        {chat.total !== undefined && <b>{points(chat.total)}</b>}
        {chat.passed !== undefined && <span className={chat.passed ? 'tag good' : 'tag bad'}>{t(chat.passed ? 'verdict.passed' : 'verdict.failed')}</span>}
      </span>
    </Link>
  );
}
