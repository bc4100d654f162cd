import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const myLadderQuery = queryOptions({
  queryKey: ['ladder', 'mine'],
  queryFn: () => answer(client.GET('/me/ladder')),
  staleTime: 0,
});
