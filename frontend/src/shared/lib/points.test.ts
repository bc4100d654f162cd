import { describe, expect, it } from 'vitest';
import { points, signedPoints } from './points';

describe('points', () => {
  it.each([
    [86_500, '86.5'],
    [86_000, '86'],
    [100_000, '100'],
    [0, '0'],
    [58_449, '58.4'],
    [58_450, '58.5'],
    [-4_250, '-4.2'],
  ])('%i milli-points read %s', (milli, text) => {
    expect(points(milli)).toBe(text);
  });

  it('signs with a true minus, and not at all what rounds to nothing', () => {
    expect([signedPoints(4_500), signedPoints(-3_000), signedPoints(-40), signedPoints(0)]).toEqual(['+4.5', '−3', '0', '0']);
  });
});
