import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { PersonDetail, RecordGrant } from '../../../shared/api/types';

export function recordGrant({ personId, grant }: { personId: string; grant: RecordGrant }): Promise<PersonDetail> {
  return answer(client.POST('/people/{personId}/grants', { params: { path: { personId } }, body: grant }));
}
