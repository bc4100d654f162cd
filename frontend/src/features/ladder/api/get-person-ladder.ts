import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const personLadderQuery = (personId: string) =>
  queryOptions({
    queryKey: ['ladder', 'person', personId],
    queryFn: () => answer(client.GET('/people/{personId}/ladder', { params: { path: { personId } } })),
    staleTime: 0,
  });
