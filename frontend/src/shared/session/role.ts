import { useSyncExternalStore } from 'react';
import type { Role } from '../api/types';
import { recall, remember } from '../lib/remember';
import { usePerson } from './session';

/** The order in which roles are offered; a person of several begins with the first of them: duty before practice. */
export const roleOrder = ['supervisor', 'hr', 'admin', 'trainee'] as const satisfies readonly Role[];

let chosen = recall('role');
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Remembers in which role a person of several wants to work in this browser. */
export function chooseRole(role: Role) {
  chosen = role;
  remember('role', role);
  for (const listener of listeners) listener();
}

/** The role to work in: the one that was chosen while the person still holds it, or the first one held. */
export function roleOf(roles: readonly Role[], wanted: string | undefined): Role | undefined {
  const held = roleOrder.filter((role) => roles.includes(role));
  return held.find((role) => role === wanted) ?? held[0];
}

export function useRole(): Role | undefined {
  const { roles } = usePerson();
  return roleOf(roles, useSyncExternalStore(subscribe, () => chosen));
}
