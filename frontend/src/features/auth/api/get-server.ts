import { queryOptions } from '@tanstack/react-query';
import { answer } from '../../../shared/api/fault';
import { publicClient } from '../../../shared/api/public-client';

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: () => answer(publicClient.GET('/server')),
  staleTime: Infinity,
});
