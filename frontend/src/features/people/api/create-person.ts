import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { InvitedPerson, NewPerson } from '../../../shared/api/types';

/** Creates a person. The key belongs to one intention: a second try with the same key gives the same person. */
export function createPerson({ person, key }: { person: NewPerson; key: string }): Promise<InvitedPerson> {
  return answer(client.POST('/people', { params: { header: { 'Idempotency-Key': key } }, body: person }));
}
