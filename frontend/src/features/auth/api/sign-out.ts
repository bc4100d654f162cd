import { client } from '../../../shared/api/client';
import { answer, statusOf } from '../../../shared/api/fault';
import { leave } from '../leave';

/** Ends this login session. A session the server no longer knows is as good as ended. */
export async function signOut(): Promise<void> {
  try {
    await answer(client.POST('/auth/sign-out'));
  } catch (fault) {
    if (statusOf(fault) !== 401) throw fault;
  }
  leave();
}
