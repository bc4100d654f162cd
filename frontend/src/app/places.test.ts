import { describe, expect, it } from 'vitest';
import { homeOf, mayEnter, railOf } from './places';

describe('places', () => {
  it('give a trainee the practice hall first', () => {
    expect([homeOf(['trainee']), railOf(['trainee']).map((place) => place.name)]).toEqual(['/practice', ['hall', 'records', 'account']]);
  });

  it('give a person of several roles the places of all of them', () => {
    expect(railOf(['hr', 'trainee']).map((place) => place.name)).toEqual(['hall', 'records', 'account']);
  });

  it('keep chats from those who do not practise', () => {
    expect([mayEnter('chat', ['hr', 'admin']), homeOf(['hr'])]).toEqual([false, '/account']);
  });

  it('let a supervisor practise', () => {
    expect(mayEnter('chat', ['supervisor'])).toBe(true);
  });

  it('give nothing to a person without a role', () => {
    expect(railOf([])).toEqual([]);
  });
});
