import { describe, expect, it } from 'vitest';
import { roleOrder } from '../shared/session/role';
import { homeOf, mayEnter, railOf } from './places';

describe('places', () => {
  it('give each role a home of its own', () => {
    expect(roleOrder.map((role) => homeOf(role))).toEqual(['/team', '/ladder', '/people', '/today']);
  });

  it('put on the rail of a role only what the role may enter', () => {
    expect(roleOrder.flatMap((role) => railOf(role).filter((place) => !mayEnter(place.name, [role])))).toEqual([]);
  });

  it('keep a rail short enough for the bottom of a phone', () => {
    expect(roleOrder.map((role) => railOf(role).length).every((length) => length > 0 && length <= 6)).toBe(true);
  });

  it('keep chats from those who do not practise', () => {
    expect([mayEnter('chat', ['hr', 'admin']), mayEnter('team', ['trainee']), mayEnter('ladder', ['supervisor'])]).toEqual([false, false, false]);
  });

  it('let a supervisor practise and read a ladder', () => {
    expect([mayEnter('chat', ['supervisor']), mayEnter('personLadder', ['supervisor'])]).toEqual([true, true]);
  });

  it('give nothing to a person without a role', () => {
    expect([railOf(undefined), homeOf(undefined)]).toEqual([[], '/account']);
  });
});
