import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

/** The scorecard of an ended chat of the own teams. */
export const teamChatQuery = (chatId: string) =>
  queryOptions({
    queryKey: ['team', 'chat', chatId],
    queryFn: () => answer(client.GET('/team/chats/{chatId}', { params: { path: { chatId } } })),
    staleTime: Infinity,
  });
