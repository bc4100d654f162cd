import { infiniteQueryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export interface TeamChatFilter {
  personId: string | undefined;
  scenarioId: string | undefined;
  passed: boolean | undefined;
}

export const teamChatsQuery = (filter: TeamChatFilter) =>
  infiniteQueryOptions({
    queryKey: ['team', 'chats', filter],
    queryFn: ({ pageParam }) => answer(client.GET('/team/chats', { params: { query: { ...filter, limit: 20, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });
