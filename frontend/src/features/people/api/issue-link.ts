import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { Link } from '../../../shared/api/types';

/** A new one-time link; the person's older links die with it. */
export function issueLink(personId: string): Promise<Link> {
  return answer(client.POST('/people/{personId}/link', { params: { path: { personId } } }));
}
