import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { PersonDetail, RecordSpell } from '../../../shared/api/types';

export function recordSpell({ personId, spell }: { personId: string; spell: RecordSpell }): Promise<PersonDetail> {
  return answer(client.POST('/people/{personId}/spells', { params: { path: { personId } }, body: spell }));
}
