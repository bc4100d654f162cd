import { beginSession, endSession } from '../session/session';
import { answer, statusOf } from './fault';
import { publicClient } from './public-client';

let running: Promise<string | undefined> | undefined;

/**
 * Trades the refresh cookie for an access token. One at a time in this tab, and one at a time over all tabs where the
 * browser has locks: a refresh token that is used twice looks stolen. Gives undefined when the session has ended,
 * throws when the server could not be reached.
 */
export function refreshSession(): Promise<string | undefined> {
  running ??= alone(refresh).finally(() => {
    running = undefined;
  });
  return running;
}

async function refresh(): Promise<string | undefined> {
  try {
    const session = await answer(publicClient.POST('/auth/refresh'));
    beginSession(session);
    return session.accessToken;
  } catch (fault) {
    const status = statusOf(fault);
    if (status === 401 || status === 403) {
      endSession('expired');
      return undefined;
    }
    throw fault;
  }
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  // navigator.locks is missing on plain-http origins other than localhost.
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? await locks.request('agentladder.refresh', work) : await work();
}
