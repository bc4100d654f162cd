import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const scorecardQuery = (chatId: string) =>
  queryOptions({
    queryKey: ['scorecard', chatId],
    queryFn: () => answer(client.GET('/chats/{chatId}/scorecard', { params: { path: { chatId } } })),
    // A stored scorecard does not change.
    staleTime: Infinity,
  });
