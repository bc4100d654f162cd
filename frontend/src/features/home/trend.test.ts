import { describe, expect, it } from 'vitest';
import type { ChatSummary } from '../../shared/api/types';
import { trendOf } from './trend';

const chat = (total?: number): ChatSummary => ({ id: 'c', scenarioId: 'S1', title: '', stage: 'pre', mode: 'practice', status: 'ended', startedAt: '2026-01-01T00:00:00Z', ...(total === undefined ? {} : { total }) });

describe('trendOf', () => {
  it('turns the list round and leaves out what has no score', () => {
    expect(trendOf([chat(90_000), chat(), chat(60_000)])).toEqual({ totals: [60_000, 90_000], average: 75_000, change: undefined });
  });

  it('compares the newer half with the older one, without the middle', () => {
    expect(trendOf([chat(80_000), chat(80_000), chat(10_000), chat(50_000), chat(60_000)])?.change).toBe(25_000);
  });

  it('keeps to the newest', () => {
    expect(trendOf([chat(3), chat(2), chat(1)], 2)?.totals).toEqual([2, 3]);
  });

  it('is nothing without a score', () => {
    expect(trendOf([chat()])).toBeUndefined();
  });
});
