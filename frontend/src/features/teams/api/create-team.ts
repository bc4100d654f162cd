import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { Team } from '../../../shared/api/types';

export function createTeam(name: string): Promise<Team> {
  return answer(client.POST('/teams', { body: { name } }));
}
