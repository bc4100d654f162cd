import type { Course, ScenarioCard } from '../../shared/api/types';

/** The one thing to do now. */
export type NextStep =
  | { kind: 'chat'; chatId: string; scenario: ScenarioCard }
  | { kind: 'lesson'; lesson: { id: string; title: string } }
  | { kind: 'quiz'; chapterId: string; title: string; open: boolean }
  | { kind: 'practice'; scenario: ScenarioCard }
  | { kind: 'hall' };

/**
 * Chooses it: a buyer who is waiting comes first, then a quiz that was begun, then the next lesson, then the quiz of a
 * chapter that is read, then a scenario that is not passed yet, the easiest of those practised least.
 */
export function nextStep(scenarios: readonly ScenarioCard[], course: Course | undefined): NextStep {
  for (const scenario of scenarios) if (scenario.activeChatId) return { kind: 'chat', chatId: scenario.activeChatId, scenario };
  const chapters = course?.chapters ?? [];
  const begun = chapters.find((chapter) => chapter.quiz?.openAttemptId);
  if (begun) return { kind: 'quiz', chapterId: begun.id, title: begun.title, open: true };
  for (const chapter of chapters) {
    const unread = chapter.lessons.filter((lesson) => !lesson.read);
    const resume = unread.find((lesson) => lesson.id === course?.resume?.id) ?? unread[0];
    if (resume) return { kind: 'lesson', lesson: { id: resume.id, title: resume.title } };
    if (chapter.quiz && !chapter.quiz.passed) return { kind: 'quiz', chapterId: chapter.id, title: chapter.title, open: false };
  }
  const [scenario] = scenarios.filter((card) => !card.best?.passed).sort((a, b) => a.attempts - b.attempts || a.difficulty - b.difficulty);
  return scenario ? { kind: 'practice', scenario } : { kind: 'hall' };
}
