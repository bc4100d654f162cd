import { queryOptions } from '@tanstack/react-query';
import { answer } from '../../../shared/api/fault';
import { publicClient } from '../../../shared/api/public-client';

/** Whose a one-time link is. Looking does not use it up. */
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: () => answer(publicClient.POST('/auth/links/open', { body: { token } })),
    staleTime: Infinity,
    gcTime: 0,
  });
