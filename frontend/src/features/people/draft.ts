import type { ChangePerson, PersonRow } from '../../shared/api/types';

export type Draft = ChangePerson;

export function draftOf(person: PersonRow): Draft {
  return { name: person.name, roles: person.roles, teamIds: person.teams.map((team) => team.id) };
}

const fields = ['name', 'roles', 'teamIds'] as const;
export type DraftField = (typeof fields)[number];

function same(a: Draft[DraftField], b: Draft[DraftField]): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

/** The fields in which two drafts differ. The order of roles and teams means nothing. */
export function differences(a: Draft, b: Draft): DraftField[] {
  return fields.filter((field) => !same(a[field], b[field]));
}

export interface Merged {
  draft: Draft;
  /** Fields that both changed, each in another way: the draft keeps the own value, and someone must look at it. */
  clashes: DraftField[];
}

/** Puts own changes on top of what someone else has stored meanwhile: fields left alone take the newer value. */
export function merge(base: Draft, own: Draft, latest: Draft): Merged {
  const touched = differences(base, own);
  const moved = differences(base, latest);
  const draft = {
    name: touched.includes('name') ? own.name : latest.name,
    roles: touched.includes('roles') ? own.roles : latest.roles,
    teamIds: touched.includes('teamIds') ? own.teamIds : latest.teamIds,
  };
  return { draft, clashes: touched.filter((field) => moved.includes(field) && !same(own[field], latest[field])) };
}
