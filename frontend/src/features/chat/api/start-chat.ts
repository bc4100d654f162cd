import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { Chat } from '../../../shared/api/types';

/** Starts a practice chat. The key belongs to one intention: a second try with the same key gives the same chat. */
export function startChat({ scenarioId, key }: { scenarioId: string; key: string }): Promise<Chat> {
  return answer(client.POST('/chats', { params: { header: { 'Idempotency-Key': key } }, body: { scenarioId } }));
}
