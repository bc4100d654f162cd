import { describe, expect, it } from 'vitest';
import { clockOffset, waitedSeconds, waitLevel } from './waiting';

const since = '2026-11-22T06:00:00Z';
const at = (seconds: number) => Date.parse(since) + seconds * 1000;

describe('waitLevel', () => {
  it.each([
    [0, 'calm'],
    [14, 'calm'],
    [15, 'amber'],
    [29, 'amber'],
    [30, 'red'],
    [300, 'red'],
  ] as const)('%i of 30 seconds is %s', (seconds, level) => {
    expect(waitLevel(seconds, 30)).toBe(level);
  });

  it('turns amber at the exact half of an odd target', () => {
    expect([waitLevel(22, 45), waitLevel(23, 45)]).toEqual(['calm', 'amber']);
  });
});

describe('waitedSeconds', () => {
  it('counts on the clock of the server when this machine is an hour ahead', () => {
    const offset = clockOffset('2026-11-22T06:00:05Z', at(3605));
    expect(waitedSeconds(since, at(3615), offset)).toBe(15);
  });

  it('counts on the clock of the server when this machine is behind', () => {
    const offset = clockOffset('2026-11-22T06:00:05Z', at(-600));
    expect(waitedSeconds(since, at(-590), offset)).toBe(15);
  });

  it('is never negative', () => {
    expect(waitedSeconds(since, at(-3), 0)).toBe(0);
  });
});
