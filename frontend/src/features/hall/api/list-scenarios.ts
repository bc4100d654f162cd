import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const scenariosQuery = queryOptions({
  queryKey: ['scenarios'],
  queryFn: async () => (await answer(client.GET('/scenarios'))).items,
  // One's own best, last and open chat change with every practice.
  staleTime: 0,
});
