import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../shared/api/types';
import { chapterState, progressOf } from './progress';

const quiz = { questions: 10, passLine: 80, attempts: 0, passed: false };
const chapter = (read: boolean[], part: Partial<Chapter> = {}): Chapter => ({
  id: 'C1',
  title: 'C1',
  periods: 3,
  lessons: read.map((done, index) => ({ id: `L1.${index + 1}`, title: 'L', periods: 1, read: done })),
  ...part,
});

describe('chapterState', () => {
  it.each([
    ['todo', chapter([false, false], { quiz })],
    ['doing', chapter([true, false], { quiz })],
    ['doing', chapter([false, false], { quiz: { ...quiz, attempts: 1 } })],
    ['quiz', chapter([true, true], { quiz })],
    ['done', chapter([true, true], { quiz: { ...quiz, passed: true } })],
    ['done', chapter([true, true])],
  ] as const)('is %s', (state, given) => {
    expect(chapterState(given)).toBe(state);
  });

  it('does not call a chapter done whose quiz was passed before it was read', () => {
    expect(chapterState(chapter([true, false], { quiz: { ...quiz, attempts: 1, passed: true } }))).toBe('doing');
  });
});

describe('progressOf', () => {
  it('counts lessons and quizzes over all chapters', () => {
    expect(progressOf({ title: 'T', chapters: [chapter([true, false], { quiz }), chapter([true], { quiz: { ...quiz, passed: true } }), chapter([])] })).toEqual({
      read: 2,
      lessons: 3,
      passed: 1,
      quizzes: 2,
    });
  });
});
