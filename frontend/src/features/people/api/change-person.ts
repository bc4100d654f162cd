import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { ChangePerson, PersonDetail } from '../../../shared/api/types';

interface Change {
  personId: string;
  /** The version that was read; the server refuses when the person has changed since. */
  version: string;
  change: ChangePerson;
}

export function changePerson({ personId, version, change }: Change): Promise<PersonDetail> {
  return answer(client.PATCH('/people/{personId}', { params: { path: { personId }, header: { 'If-Match': version } }, body: change }));
}
