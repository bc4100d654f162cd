import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const personKey = (personId: string) => ['person', personId] as const;

export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: personKey(personId),
    queryFn: () => answer(client.GET('/people/{personId}', { params: { path: { personId } } })),
    staleTime: 0,
  });
