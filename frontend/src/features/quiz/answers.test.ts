import { describe, expect, it } from 'vitest';
import type { Question } from '../../shared/api/types';
import { choose, handIn, missing } from './answers';
import { keepAnswers, keptAnswers } from './keep';

const question = (id: string, kind: Question['kind']): Question => ({ id, kind, prompt: id, options: ['a', 'b', 'c'].map((option) => ({ id: option, text: option })) });
const single = question('q1', 'single');
const multiple = question('q2', 'multiple');

describe('choose', () => {
  it('replaces the answer of a single choice', () => {
    expect(choose(choose({}, single, 'a'), single, 'b')).toEqual({ q1: ['b'] });
  });

  it('puts options of a multiple choice on and off', () => {
    const both = choose(choose({}, multiple, 'c'), multiple, 'a');
    expect([both, choose(both, multiple, 'c')]).toEqual([{ q2: ['c', 'a'] }, { q2: ['a'] }]);
  });
});

describe('missing', () => {
  it('counts a question as open again when its last option is taken off', () => {
    const off = choose(choose({ q1: ['a'] }, multiple, 'a'), multiple, 'a');
    expect(missing([single, multiple], off)).toEqual([2]);
  });
});

describe('handIn', () => {
  it('names every question in order, options in the order of the paper, and nothing that is not on it', () => {
    expect(handIn([multiple, single], { q2: ['c', 'a', 'x'], q9: ['a'] })).toEqual([
      { questionId: 'q2', options: ['a', 'c'] },
      { questionId: 'q1', options: [] },
    ]);
  });
});

describe('kept answers', () => {
  it('come back for their attempt only, and go when it is handed in', () => {
    keepAnswers('one', { q1: ['a'] });
    expect([keptAnswers('one'), keptAnswers('two')]).toEqual([{ q1: ['a'] }, {}]);
    keepAnswers('one', {});
    expect(keptAnswers('one')).toEqual({});
  });

  it('are nothing when what was stored is broken', () => {
    sessionStorage.setItem('agentladder.quiz.three', '{"q1":"a","q2":["b",3],"q3":');
    sessionStorage.setItem('agentladder.quiz.four', '{"q1":"a","q2":["b",3],"q3":["c"]}');
    expect([keptAnswers('three'), keptAnswers('four')]).toEqual([{}, { q3: ['c'] }]);
  });
});
