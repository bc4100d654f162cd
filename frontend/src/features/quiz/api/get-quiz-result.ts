import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const resultQuery = (attemptId: string) =>
  queryOptions({
    queryKey: ['quiz-result', attemptId],
    queryFn: () => answer(client.GET('/quiz-attempts/{attemptId}', { params: { path: { attemptId } } })),
    // What was handed in does not change.
    staleTime: Infinity,
  });
