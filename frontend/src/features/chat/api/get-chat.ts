import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export const chatKey = (chatId: string) => ['chat', chatId] as const;

export const chatQuery = (chatId: string) =>
  queryOptions({
    queryKey: chatKey(chatId),
    queryFn: () => answer(client.GET('/chats/{chatId}', { params: { path: { chatId } } })),
    // The events keep an open chat current; coming back to it later must fetch what was missed.
    staleTime: 0,
  });
