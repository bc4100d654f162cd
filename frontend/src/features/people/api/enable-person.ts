import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export async function enablePerson({ personId, reason }: { personId: string; reason: string }): Promise<void> {
  await answer(client.POST('/people/{personId}/enable', { params: { path: { personId } }, body: { reason } }));
}
