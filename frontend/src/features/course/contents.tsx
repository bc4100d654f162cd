import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Course } from '../../shared/api/types';
import { urls } from '../../shared/urls';
import { ReadMark } from './read-mark';

/** The course beside the lesson: where one is, what is read, where the quiz waits. */
export function Contents({ course, lessonId }: { course: Course; lessonId: string }) {
  const { t } = useTranslation();
  return (
    <ol className="contents">
      {course.chapters.map((chapter) => (
        <li key={chapter.id}>
          <p className="contents-chapter">
            {chapter.id} {chapter.title}
          </p>
          <ol>
            {chapter.lessons.map((lesson) => (
              <li key={lesson.id}>
                <Link className="contents-link" to={urls.lesson.to(lesson.id)} aria-current={lesson.id === lessonId ? 'page' : undefined} data-testid={`lesson-${lesson.id}`}>
                  <ReadMark read={lesson.read} />
                  <span>{lesson.title}</span>
                </Link>
              </li>
            ))}
            {chapter.quiz && (
              <li>
                <Link className="contents-link" to={urls.quiz.to(chapter.id)}>
                  <ReadMark read={chapter.quiz.passed} />
                  <span>{t('quiz.title')}</span>
                </Link>
              </li>
            )}
          </ol>
        </li>
      ))}
    </ol>
  );
}
