import { describe, expect, it } from 'vitest';
import type { TeamScore } from '../../shared/api/types';
import { arrange, attentionOf, summary } from './attention';

const score = (login: string, part: Partial<Omit<TeamScore, 'person'>> = {}, status: TeamScore['person']['status'] = 'active', teamId = 't1'): TeamScore => ({
  person: { id: login, login, name: `名${login}`, roles: ['trainee'], teams: [{ id: teamId, name: teamId }], tier: 'none', status },
  chats: 4,
  passed: 4,
  ...part,
});

describe('attentionOf', () => {
  it.each([
    ['idle', score('a', { chats: 0, passed: 0 })],
    ['fell', score('a', { change: -5_000, passed: 1 })],
    ['failing', score('a', { change: -4_999, passed: 1 })],
    [undefined, score('a', { passed: 2 })],
    [undefined, score('a', { chats: 0, passed: 0 }, 'disabled')],
  ])('is %s', (reason, given) => {
    expect(attentionOf(given)).toBe(reason);
  });
});

describe('arrange', () => {
  const team = [score('Lin', { average: 80_000 }), score('bo', { average: undefined, chats: 9 }, 'active', 't2'), score('ann', { average: 60_000, chats: 6 })];
  const logins = (...given: Parameters<typeof arrange>) => arrange(...given).map(({ person }) => person.login);

  it('keeps the order in which the server put those who need attention', () => {
    expect(logins(team, '', '', 'attention')).toEqual(['Lin', 'bo', 'ann']);
  });

  it('puts the lowest average first and those without one last', () => {
    expect(logins(team, '', '', 'average')).toEqual(['ann', 'Lin', 'bo']);
  });

  it('puts the busiest first', () => {
    expect(logins(team, '', '', 'chats')).toEqual(['bo', 'ann', 'Lin']);
  });

  it('finds by login, by name and by team, whatever the case', () => {
    expect([logins(team, ' LI', '', 'attention'), logins(team, '名b', '', 'attention'), logins(team, '', 't2', 'attention')]).toEqual([['Lin'], ['bo'], ['bo']]);
  });

  it('leaves the given list as it was', () => {
    arrange(team, '', '', 'average');
    expect(team.map(({ person }) => person.login)).toEqual(['Lin', 'bo', 'ann']);
  });
});

describe('summary', () => {
  it('adds up', () => {
    expect(summary([score('a'), score('b', { chats: 0, passed: 0 })])).toEqual({ people: 2, chats: 4, passed: 4, attention: 1 });
  });
});
