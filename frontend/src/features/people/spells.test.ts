import { describe, expect, it } from 'vitest';
import type { Grant } from '../../shared/api/types';
import { latestFirst, newestFirst } from './spells';

const grant = (id: string, on: string, recordedAt: string): Grant => ({ id, on, recordedAt, tier: 'junior', origin: 'past', evidence: '证书', recordedBy: '陈静' });

describe('newestFirst', () => {
  it('puts the present employment on top and leaves the answer of the server as it is', () => {
    const spells = [
      { id: 'a', from: '2024-03-01', to: '2024-09-30' },
      { id: 'b', from: '2026-01-15' },
    ];
    expect(newestFirst(spells).map((spell) => spell.id)).toEqual(['b', 'a']);
    expect(spells[0]?.id).toBe('a');
  });
});

describe('latestFirst', () => {
  it('sorts by the day of the grant, not by the day it was typed in', () => {
    const grants = [grant('a', '2025-01-01', '2026-11-02T00:00:00Z'), grant('b', '2025-06-01', '2026-11-01T00:00:00Z'), grant('c', '2025-06-01', '2026-11-03T00:00:00Z')];
    expect(latestFirst(grants).map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });
});
