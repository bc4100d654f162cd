import type { Grant, Spell } from '../../shared/api/types';

/** Employments, the present one first. */
export function newestFirst(spells: readonly Spell[]): Spell[] {
  return [...spells].sort((a, b) => b.from.localeCompare(a.from));
}

/** Grants by the day they were given, the latest first; on one day the one recorded last. */
export function latestFirst(grants: readonly Grant[]): Grant[] {
  return [...grants].sort((a, b) => b.on.localeCompare(a.on) || b.recordedAt.localeCompare(a.recordedAt));
}
