import type { Question, QuizAnswer } from '../../shared/api/types';

/** The chosen options of each question, by their ids. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** Chooses an option: of a single choice it replaces the other one, of a multiple choice it goes on or off. */
export function choose(answers: Answers, question: Question, optionId: string): Answers {
  const before = answers[question.id] ?? [];
  if (question.kind !== 'multiple') return { ...answers, [question.id]: [optionId] };
  const after = before.includes(optionId) ? before.filter((id) => id !== optionId) : [...before, optionId];
  return { ...answers, [question.id]: after };
}

export function answered(answers: Answers, question: Question): boolean {
  return (answers[question.id]?.length ?? 0) > 0;
}

/** The places (from 1) of the questions without an answer. */
export function missing(questions: readonly Question[], answers: Answers): number[] {
  return questions.flatMap((question, index) => (answered(answers, question) ? [] : [index + 1]));
}

/** What is handed in: every question of the attempt in its order, with options of its own only. */
export function handIn(questions: readonly Question[], answers: Answers): QuizAnswer[] {
  return questions.map((question) => {
    const chosen = answers[question.id] ?? [];
    return { questionId: question.id, options: question.options.map((option) => option.id).filter((id) => chosen.includes(id)) };
  });
}
