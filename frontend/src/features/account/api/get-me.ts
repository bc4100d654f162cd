import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(client.GET('/me')),
  staleTime: 0,
});
