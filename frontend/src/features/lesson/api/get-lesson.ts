import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const lessonQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['lesson', lessonId],
    queryFn: () => answer(client.GET('/lessons/{lessonId}', { params: { path: { lessonId } } })),
    staleTime: 300_000,
  });
