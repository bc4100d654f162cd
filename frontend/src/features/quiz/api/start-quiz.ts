import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

/** The open attempt of a chapter: the server starts one, or gives back the one that was left. */
export const attemptQuery = (chapterId: string) =>
  queryOptions({
    queryKey: ['quiz', chapterId],
    queryFn: () => answer(client.POST('/chapters/{chapterId}/quiz-attempts', { params: { path: { chapterId } } })),
    // The questions of an attempt stay; a later visit asks again, for this one may have been handed in since.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
