import type { Role } from '../shared/api/types';
import { urls } from '../shared/urls';

// Whoever answers for trainees may practise too; the server's own table says the same.
const practice = ['trainee', 'supervisor'] as const satisfies readonly Role[];

/** The places of the app and which roles see them. A place without `rail` is reached from another one. */
export const places = {
  hall: { path: urls.hall.path, home: urls.hall.to(), roles: practice, rail: true },
  records: { path: urls.records.path, home: urls.records.to(), roles: practice, rail: true },
  chat: { path: urls.chat.path, home: undefined, roles: practice, rail: false },
  scorecard: { path: urls.scorecard.path, home: undefined, roles: practice, rail: false },
  account: { path: urls.account.path, home: urls.account.to(), roles: ['trainee', 'supervisor', 'hr', 'admin'], rail: true },
} as const satisfies Record<string, { path: string; home: string | undefined; roles: readonly Role[]; rail: boolean }>;

export type PlaceName = keyof typeof places;

export function mayEnter(place: PlaceName, roles: readonly Role[]): boolean {
  const allowed: readonly Role[] = places[place].roles;
  return roles.some((role) => allowed.includes(role));
}

export function railOf(roles: readonly Role[]) {
  return (Object.keys(places) as PlaceName[])
    .filter((name) => places[name].rail && mayEnter(name, roles))
    .map((name) => ({ name: name as 'hall' | 'records' | 'account', to: places[name].home ?? urls.home.to() }));
}

/** Where a person lands: the first place of the rail. */
export function homeOf(roles: readonly Role[]): string {
  return railOf(roles)[0]?.to ?? urls.account.to();
}
