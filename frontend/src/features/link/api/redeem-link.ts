import { answer } from '../../../shared/api/fault';
import { publicClient } from '../../../shared/api/public-client';
import { queryClient } from '../../../shared/api/query-client';
import { beginSession } from '../../../shared/session/session';

/** Sets the password and signs in. The link is used up. */
export async function redeemLink(choice: { token: string; password: string }): Promise<void> {
  const session = await answer(publicClient.POST('/auth/links/redeem', { body: choice }));
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'server' });
  beginSession(session);
}
