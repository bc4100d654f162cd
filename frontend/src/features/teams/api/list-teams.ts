import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async () => (await answer(client.GET('/teams'))).items,
});
