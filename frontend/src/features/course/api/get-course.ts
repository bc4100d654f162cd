import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const courseQuery = queryOptions({
  queryKey: ['course'],
  queryFn: () => answer(client.GET('/course')),
  // One's own progress changes with every lesson and quiz.
  staleTime: 0,
});
