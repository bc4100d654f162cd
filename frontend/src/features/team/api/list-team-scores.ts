import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const teamScoresQuery = queryOptions({
  queryKey: ['team', 'scores'],
  queryFn: () => answer(client.GET('/team/people')),
  staleTime: 0,
});
