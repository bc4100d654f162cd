import type { Answers } from './answers';

// Answers that are not handed in yet survive a reload of this tab, and go when one signs out.
const key = (attemptId: string) => `agentladder.quiz.${attemptId}`;

export function keepAnswers(attemptId: string, answers: Answers) {
  try {
    if (Object.keys(answers).length > 0) sessionStorage.setItem(key(attemptId), JSON.stringify(answers));
    else sessionStorage.removeItem(key(attemptId));
  } catch {
    // A browser without storage keeps them as long as the page.
  }
}

export function keptAnswers(attemptId: string): Answers {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(attemptId)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, options]) => Array.isArray(options) && options.every((option) => typeof option === 'string'))) as Answers;
  } catch {
    return {};
  }
}
