import type { TeamScore } from '../../shared/api/types';

export type Attention = 'idle' | 'fell' | 'failing';

/** A fall by this many milli-points is worth a word. */
const fall = -5_000;

/** Why a person needs a look, the gravest reason first; undefined when all is well. */
export function attentionOf(score: TeamScore): Attention | undefined {
  if (score.person.status === 'disabled') return undefined;
  if (score.chats === 0) return 'idle';
  if (score.change !== undefined && score.change <= fall) return 'fell';
  return score.passed * 2 < score.chats ? 'failing' : undefined;
}

export const orders = ['attention', 'average', 'chats'] as const;
export type Order = (typeof orders)[number];

/** The people whose login or name holds the words, in an order. `attention` is the server's own order, exceptions first. */
export function arrange(scores: readonly TeamScore[], words: string, teamId: string, order: Order): TeamScore[] {
  const wanted = words.trim().toLowerCase();
  const found = scores.filter(
    ({ person }) =>
      (!wanted || person.name.toLowerCase().includes(wanted) || person.login.toLowerCase().includes(wanted)) && (!teamId || person.teams.some((team) => team.id === teamId)),
  );
  if (order === 'chats') return found.sort((a, b) => b.chats - a.chats);
  // Who has no average is not the worst: there is nothing to compare.
  if (order === 'average') return found.sort((a, b) => (a.average ?? Infinity) - (b.average ?? Infinity));
  return found;
}

/** The team in figures, for the sentence above the list. */
export function summary(scores: readonly TeamScore[]): { people: number; chats: number; passed: number; attention: number } {
  return {
    people: scores.length,
    chats: scores.reduce((sum, score) => sum + score.chats, 0),
    passed: scores.reduce((sum, score) => sum + score.passed, 0),
    attention: scores.filter((score) => attentionOf(score)).length,
  };
}
