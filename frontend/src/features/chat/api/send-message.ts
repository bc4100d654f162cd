import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { SentMessage } from '../../../shared/api/types';

interface Line {
  clientMessageId: string;
  lastSeenSeq: number;
  text: string;
}

export function sendMessage(chatId: string, line: Line): Promise<SentMessage> {
  const { clientMessageId, lastSeenSeq, text } = line;
  return answer(client.POST('/chats/{chatId}/messages', { params: { path: { chatId } }, body: { clientMessageId, lastSeenSeq, text } }));
}
