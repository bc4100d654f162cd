import { answer } from '../../../shared/api/fault';
import { publicClient } from '../../../shared/api/public-client';
import { queryClient } from '../../../shared/api/query-client';
import { beginSession } from '../../../shared/session/session';

export async function signIn(person: { login: string; password: string }): Promise<void> {
  const session = await answer(publicClient.POST('/auth/sign-in', { body: person }));
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'server' });
  beginSession(session);
}
