import { infiniteQueryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { ChatStatus } from '../../../shared/api/types';

export interface ChatFilter {
  status: ChatStatus | undefined;
  scenarioId: string | undefined;
}

export const chatsQuery = (filter: ChatFilter) =>
  infiniteQueryOptions({
    queryKey: ['chats', filter],
    queryFn: ({ pageParam }) => answer(client.GET('/chats', { params: { query: { ...filter, limit: 20, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });
