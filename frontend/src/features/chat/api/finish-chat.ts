import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { Review } from '../../../shared/api/types';

export function finishChat(chatId: string): Promise<Review> {
  return answer(client.POST('/chats/{chatId}/finish', { params: { path: { chatId } } }));
}
