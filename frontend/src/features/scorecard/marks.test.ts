import { describe, expect, it } from 'vitest';
import type { Scorecard } from '../../shared/api/types';
import { grouped, marksOf, marksOfMessage, readableRef } from './marks';

const at = (seq: number, start: number, end: number) => ({ seq, start, end, quote: 'q' });

function card(part: Partial<Scorecard>): Scorecard {
  return {
    engine: 1,
    total: 0,
    passLine: 60_000,
    passed: false,
    parts: [],
    criteria: [],
    violations: [],
    lines: [],
    strengths: [],
    nextSteps: [],
    autoFails: [],
    replies: { count: 0 },
    digests: {},
    ...part,
  };
}

const violation: Scorecard['violations'][number] = {
  rule: 'R11',
  subRule: 'R11.outcome',
  name: 'OVERPROMISE',
  title: '过度承诺',
  version: 1,
  severity: 'SEVERE',
  why: 'why',
  better: ['better'],
  basis: [],
  evidence: at(4, 2, 5),
};

describe('marksOf', () => {
  it('explains a loss line by the violation of its sub-rule at the same place', () => {
    const marks = marksOf(
      card({
        violations: [violation],
        lines: [{ id: '1', kind: 'loss', part: 'rules', ref: 'R11.outcome', title: '过度承诺', points: -8000, evidence: [at(4, 2, 5)] }],
      }),
    );
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ kind: 'loss', points: -8000, why: 'why', better: ['better'], violation: { severity: 'SEVERE' } });
  });

  it('shows a violation that no line names', () => {
    expect(marksOf(card({ violations: [violation] }))).toMatchObject([{ kind: 'loss', ref: 'R11.outcome', points: undefined }]);
  });

  it('counts the points of a line once, however many places it quotes', () => {
    const marks = marksOf(card({ lines: [{ id: '1', kind: 'gain', part: 'attitude', ref: 'A1', title: 'A1', points: 5000, evidence: [at(2, 0, 2), at(4, 0, 2)] }] }));
    expect(marks.map((mark) => [mark.places, mark.first])).toEqual([
      [2, true],
      [2, false],
    ]);
  });

  it('keeps caps and base lines out of the text', () => {
    expect(marksOf(card({ lines: [{ id: '1', kind: 'cap', part: 'total', ref: 'cap', title: 'cap', points: -9, evidence: [at(2, 0, 2)] }] }))).toEqual([]);
  });

  it('does not repeat a criterion that a line has already named at an overlapping place', () => {
    const marks = marksOf(
      card({
        lines: [{ id: '1', kind: 'gain', part: 'attitude', ref: 'A3', title: 'A3', points: 1, evidence: [at(2, 0, 6)] }],
        strengths: [{ ref: 'A3', title: 'A3', evidence: at(2, 1, 4) }],
        criteria: [{ id: 'A3', title: 'A3', weight: 1, applies: true, level: 3, evidence: [at(2, 2, 5), at(6, 0, 2)] }],
      }),
    );
    expect(marks.map((mark) => mark.seq)).toEqual([2, 6]);
  });
});

describe('marksOfMessage', () => {
  it('filters by kind and keeps reading order, the longer first', () => {
    const marks = marksOf(
      card({
        lines: [
          { id: '1', kind: 'loss', part: 'rules', ref: 'R1', title: 'a', points: -1, evidence: [at(2, 3, 5)] },
          { id: '2', kind: 'gain', part: 'rules', ref: 'A1', title: 'b', points: 1, evidence: [at(2, 0, 2)] },
          { id: '3', kind: 'gain', part: 'rules', ref: 'A2', title: 'c', points: 1, evidence: [at(2, 0, 4)] },
          { id: '4', kind: 'gain', part: 'rules', ref: 'A3', title: 'd', points: 1, evidence: [at(3, 0, 4)] },
        ],
      }),
    );
    expect(marksOfMessage(marks, 2, 'all').map((mark) => mark.title)).toEqual(['c', 'b', 'a']);
    expect(marksOfMessage(marks, 2, 'loss').map((mark) => mark.title)).toEqual(['a']);
  });
});

describe('grouped', () => {
  it('puts the places of one line together and keeps lines of the same criterion apart', () => {
    const line = { part: 'attitude', ref: 'A1', title: 'A1' } as const;
    const marks = marksOf(
      card({
        lines: [
          { ...line, id: '1', kind: 'gain', points: 1, evidence: [at(2, 0, 1), at(2, 4, 5)] },
          { ...line, id: '2', kind: 'loss', points: 0, evidence: [at(2, 2, 3)] },
        ],
      }),
    );
    expect(grouped(marksOfMessage(marks, 2, 'all')).map((group) => group.map((mark) => mark.start))).toEqual([[0, 4], [2]]);
  });
});

describe('readableRef', () => {
  it('shows rules and criteria, not the ids of steps', () => {
    expect(['R11.outcome', 'A3', 'apologise', 'cap.severe'].map(readableRef)).toEqual(['R11.outcome', 'A3', undefined, undefined]);
  });
});
