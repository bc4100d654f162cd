import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export async function disablePerson({ personId, reason }: { personId: string; reason: string }): Promise<void> {
  await answer(client.POST('/people/{personId}/disable', { params: { path: { personId } }, body: { reason } }));
}
