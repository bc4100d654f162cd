import type { Chapter, Course } from '../../shared/api/types';

export type ChapterState = 'todo' | 'doing' | 'quiz' | 'done';

/** How far one is in a chapter. A chapter without a quiz is done when all of it is read. */
export function chapterState(chapter: Chapter): ChapterState {
  const read = readOf(chapter);
  if (read === chapter.lessons.length && (chapter.quiz?.passed ?? true)) return 'done';
  if (read === chapter.lessons.length) return 'quiz';
  return read > 0 || (chapter.quiz?.attempts ?? 0) > 0 ? 'doing' : 'todo';
}

export const readOf = (chapter: Chapter): number => chapter.lessons.filter((lesson) => lesson.read).length;

export function progressOf(course: Course): { read: number; lessons: number; passed: number; quizzes: number } {
  const quizzes = course.chapters.flatMap((chapter) => chapter.quiz ?? []);
  return {
    read: course.chapters.reduce((sum, chapter) => sum + readOf(chapter), 0),
    lessons: course.chapters.reduce((sum, chapter) => sum + chapter.lessons.length, 0),
    passed: quizzes.filter((quiz) => quiz.passed).length,
    quizzes: quizzes.length,
  };
}
