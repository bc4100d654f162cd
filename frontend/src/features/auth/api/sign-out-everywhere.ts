import { client } from '../../../shared/api/client';
import { answer, statusOf } from '../../../shared/api/fault';
import { leave } from '../leave';

export async function signOutEverywhere(): Promise<void> {
  try {
    await answer(client.POST('/auth/sign-out-everywhere'));
  } catch (fault) {
    if (statusOf(fault) !== 401) throw fault;
  }
  leave();
}
