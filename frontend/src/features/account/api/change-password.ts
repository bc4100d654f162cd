import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

/** Every other device of the person is signed out; this one stays. */
export async function changePassword(change: { current: string; password: string }): Promise<void> {
  await answer(client.POST('/me/password', { body: change }));
}
