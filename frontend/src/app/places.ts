import type { Role } from '../shared/api/types';
import { urls } from '../shared/urls';

// Whoever answers for trainees may practise too; the server's own table says the same.
const practice = ['trainee', 'supervisor'] as const satisfies readonly Role[];
const everybody = ['trainee', 'supervisor', 'hr', 'admin'] as const satisfies readonly Role[];

/** The places of the app and which roles may enter. A place without `home` is reached from another one. */
export const places = {
  today: { path: urls.today.path, home: urls.today.to(), roles: practice },
  course: { path: urls.course.path, home: urls.course.to(), roles: practice },
  lesson: { path: urls.lesson.path, home: undefined, roles: practice },
  quiz: { path: urls.quiz.path, home: undefined, roles: practice },
  quizResult: { path: urls.quizResult.path, home: undefined, roles: practice },
  hall: { path: urls.hall.path, home: urls.hall.to(), roles: practice },
  records: { path: urls.records.path, home: urls.records.to(), roles: practice },
  chat: { path: urls.chat.path, home: undefined, roles: practice },
  scorecard: { path: urls.scorecard.path, home: undefined, roles: practice },
  team: { path: urls.team.path, home: urls.team.to(), roles: ['supervisor'] },
  teamChats: { path: urls.teamChats.path, home: urls.teamChats.to(), roles: ['supervisor'] },
  teamChat: { path: urls.teamChat.path, home: undefined, roles: ['supervisor'] },
  ladder: { path: urls.ladder.path, home: urls.ladder.to(), roles: ['hr'] },
  personLadder: { path: urls.personLadder.path, home: undefined, roles: ['supervisor', 'hr'] },
  people: { path: urls.people.path, home: urls.people.to(), roles: ['supervisor', 'hr', 'admin'] },
  person: { path: urls.person.path, home: undefined, roles: ['supervisor', 'hr', 'admin'] },
  peopleImport: { path: urls.peopleImport.path, home: undefined, roles: ['hr', 'admin'] },
  teams: { path: urls.teams.path, home: urls.teams.to(), roles: ['supervisor', 'hr', 'admin'] },
  account: { path: urls.account.path, home: urls.account.to(), roles: everybody },
} as const satisfies Record<string, { path: string; home: string | undefined; roles: readonly Role[] }>;

export type PlaceName = keyof typeof places;

/** The rail of each role, in its order: the first place is the role's home. */
const rails = {
  trainee: ['today', 'course', 'hall', 'records', 'account'],
  supervisor: ['team', 'teamChats', 'people', 'course', 'hall', 'account'],
  hr: ['ladder', 'people', 'teams', 'account'],
  admin: ['people', 'teams', 'account'],
} as const satisfies Record<Role, readonly PlaceName[]>;

export type RailName = (typeof rails)[Role][number];

export function mayEnter(place: PlaceName, roles: readonly Role[]): boolean {
  const allowed: readonly Role[] = places[place].roles;
  return roles.some((role) => allowed.includes(role));
}

export function railOf(role: Role | undefined): { name: RailName; to: string }[] {
  return role ? rails[role].map((name: RailName) => ({ name, to: places[name].home })) : [];
}

/** Where a person lands: the first place of the role. */
export function homeOf(role: Role | undefined): string {
  return railOf(role)[0]?.to ?? urls.account.to();
}
