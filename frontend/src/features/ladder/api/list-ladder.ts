import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { Tier } from '../../../shared/api/types';

export interface LadderFilter {
  tier: Tier | undefined;
  q: string | undefined;
}

export const ladderQuery = (filter: LadderFilter) =>
  infiniteQueryOptions({
    queryKey: ['ladder', 'list', filter],
    queryFn: ({ pageParam }) => answer(client.GET('/ladder', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
