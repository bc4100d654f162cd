import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Chapter, Course } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { courseQuery } from './api/get-course';
import { ChapterQuiz } from './chapter-quiz';
import { chapterState, progressOf, readOf, type ChapterState } from './progress';
import { ReadMark } from './read-mark';
import './course-page.css';

const tagOf = { todo: 'tag', doing: 'tag warn', quiz: 'tag warn', done: 'tag good' } as const satisfies Record<ChapterState, string>;

export function CoursePage() {
  const { t } = useTranslation();
  usePageTitle(t('place.course'));
  const course = useQuery(courseQuery);
  return (
    <div className="page course">
      <div className="page-head">
        <h1>{course.data?.title || t('place.course')}</h1>
        {course.data && course.data.chapters.length > 0 && <Progress course={course.data} />}
      </div>
      {course.isPending && <Skeleton rows={2} height={220} />}
      {course.error && <FaultNote fault={course.error} onRetry={() => void course.refetch()} retrying={course.isFetching} />}
      {course.data && course.data.chapters.length === 0 && <EmptyNote title={t('course.none')}>{t('course.noneDetail')}</EmptyNote>}
      {course.data && course.data.chapters.length > 0 && (
        <>
          {course.data.resume && (
            <p className="course-resume card">
              <span>
                <span className="faint">{t('course.resume')}</span>
                <strong>{course.data.resume.title}</strong>
              </span>
              <Link className="button primary" to={urls.lesson.to(course.data.resume.id)}>
                {t('course.goOn')}
              </Link>
            </p>
          )}
          <ol className="chapters">
            {course.data.chapters.map((chapter) => (
              <li key={chapter.id}>
                <ChapterCard chapter={chapter} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Progress({ course }: { course: Course }) {
  const { t } = useTranslation();
  const progress = progressOf(course);
  return (
    <p className="soft">
      {t('course.readOf', { read: progress.read, lessons: progress.lessons })}
      {progress.quizzes > 0 && ` · ${t('course.passedOf', { passed: progress.passed, quizzes: progress.quizzes })}`}
    </p>
  );
}

function ChapterCard({ chapter }: { chapter: Chapter }) {
  const { t } = useTranslation();
  const state = chapterState(chapter);
  return (
    <section className="card chapter" aria-labelledby={`chapter-${chapter.id}`}>
      <header>
        <span className="chapter-id">{chapter.id}</span>
        <div className="chapter-title">
          <h2 id={`chapter-${chapter.id}`}>{chapter.title}</h2>
          <p className="faint">
            {t('course.periods', { count: chapter.periods })} · {t('course.readOf', { read: readOf(chapter), lessons: chapter.lessons.length })}
          </p>
        </div>
        <span className={tagOf[state]}>{t(`course.state.${state}`)}</span>
      </header>
      <ol className="chapter-lessons">
        {chapter.lessons.map((lesson) => (
          <li key={lesson.id}>
            <Link className="lesson-row" to={urls.lesson.to(lesson.id)} data-testid={`lesson-${lesson.id}`}>
              <ReadMark read={lesson.read} />
              <span className="lesson-row-title">
                <span className="faint">{lesson.id}</span> {lesson.title}
              </span>
              <span className="faint">{t('course.periods', { count: lesson.periods })}</span>
            </Link>
          </li>
        ))}
      </ol>
      {chapter.quiz && <ChapterQuiz chapterId={chapter.id} quiz={chapter.quiz} allRead={readOf(chapter) === chapter.lessons.length} />}
    </section>
  );
}
