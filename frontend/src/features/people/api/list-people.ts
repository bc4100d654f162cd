import { infiniteQueryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { PersonStatus, Role } from '../../../shared/api/types';

export interface PeopleFilter {
  q: string | undefined;
  role: Role | undefined;
  teamId: string | undefined;
  status: PersonStatus | undefined;
}

export const peopleKey = ['people'] as const;

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, filter],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/people', { params: { query: { ...filter, limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });
