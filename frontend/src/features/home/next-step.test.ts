import { describe, expect, it } from 'vitest';
import type { Course, ScenarioCard } from '../../shared/api/types';
import { nextStep } from './next-step';

const card = (id: string, part: Partial<ScenarioCard> = {}): ScenarioCard => ({
  id,
  title: id,
  brief: '',
  stage: 'pre',
  platform: 'jd',
  platformName: '京东',
  buyerType: '',
  tier: 'none',
  difficulty: 1,
  attempts: 0,
  ...part,
});
const quiz = { questions: 10, passLine: 80, attempts: 0, passed: false };
const course = (read: boolean[], part: Partial<Course> = {}, asked: Partial<typeof quiz & { openAttemptId: string }> = {}): Course => ({
  title: 'T',
  chapters: [{ id: 'C1', title: 'C1', periods: 3, lessons: read.map((done, index) => ({ id: `L1.${index + 1}`, title: `L${index + 1}`, periods: 1, read: done })), quiz: { ...quiz, ...asked } }],
  ...part,
});
const result = (passed: boolean) => ({ chatId: 'c', total: 50_000, passed, at: '2026-01-01T00:00:00Z' });

describe('nextStep', () => {
  it('goes back to a buyer who is waiting, whatever else is open', () => {
    expect(nextStep([card('S1'), card('S2', { activeChatId: 'c2' })], course([false], {}, { openAttemptId: 'a' }))).toMatchObject({ kind: 'chat', chatId: 'c2' });
  });

  it('goes on with a quiz that was begun before the next lesson', () => {
    expect(nextStep([], course([true, false], {}, { attempts: 1, openAttemptId: 'a' }))).toMatchObject({ kind: 'quiz', chapterId: 'C1', open: true });
  });

  it('goes to the lesson where one was while it is unread, otherwise to the first unread one', () => {
    const resume = { id: 'L1.3', title: 'L3' };
    expect([nextStep([], course([true, false, false], { resume })), nextStep([], course([true, false, true], { resume }))]).toMatchObject([{ lesson: { id: 'L1.3' } }, { lesson: { id: 'L1.2' } }]);
  });

  it('asks for the quiz when a chapter is read, until it is passed', () => {
    expect([nextStep([], course([true])), nextStep([], course([true], {}, { attempts: 1, passed: true }))]).toMatchObject([{ kind: 'quiz', open: false }, { kind: 'hall' }]);
  });

  it('practises the easiest of the scenarios that were practised least and not passed', () => {
    const cards = [card('S1', { best: result(true), attempts: 1 }), card('S2', { attempts: 2, best: result(false) }), card('S3', { difficulty: 3 }), card('S4', { difficulty: 2 })];
    expect(nextStep(cards, undefined)).toMatchObject({ kind: 'practice', scenario: { id: 'S4' } });
  });

  it('leads to the hall when all is passed', () => {
    expect(nextStep([card('S1', { best: result(true) })], undefined)).toEqual({ kind: 'hall' });
  });
});
