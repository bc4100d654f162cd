import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import type { Course, Lesson } from '../../shared/api/types';
import { useMargin } from '../../shared/lib/use-media';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { LessonText } from '../../shared/ui/lesson-text';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { lessonQuery } from '../lesson/api/get-lesson';
import { courseQuery } from './api/get-course';
import { Contents } from './contents';
import { LessonEnd } from './lesson-end';
import './reader-page.css';

export function ReaderPage() {
  const { t } = useTranslation();
  const { lessonId = '' } = useParams();
  const lesson = useQuery(lessonQuery(lessonId));
  const course = useQuery(courseQuery);
  usePageTitle(lesson.data?.title ?? t('lesson.title'));
  if (lesson.data) return <Reading key={lessonId} lesson={lesson.data} course={course.data} />;
  return (
    <div className="page">
      <h1 className="sr-only">{t('lesson.title')}</h1>
      {lesson.error ? (
        <div className="reader-fault">
          <FaultNote fault={lesson.error} onRetry={statusOf(lesson.error) === 404 ? undefined : () => void lesson.refetch()} retrying={lesson.isFetching} />
          <Link to={urls.course.to()}>{t('course.toContents')}</Link>
        </div>
      ) : (
        <Skeleton rows={3} height={180} />
      )}
    </div>
  );
}

function Reading({ lesson, course }: { lesson: Lesson; course: Course | undefined }) {
  const { t } = useTranslation();
  const wide = useMargin();
  const chapter = course?.chapters.find((one) => one.lessons.some((row) => row.id === lesson.id));
  const contents = course && <Contents course={course} lessonId={lesson.id} />;
  const about = (
    <>
      <Points title={t('lesson.objectives')} points={lesson.objectives} />
      <Points title={t('lesson.keyPoints')} points={lesson.keyPoints} />
      <Points title={t('lesson.difficulties')} points={lesson.difficulties} />
    </>
  );
  return (
    <div className="reader">
      {wide && contents && (
        <nav className="reader-contents" aria-label={t('course.contents')}>
          {contents}
        </nav>
      )}
      <article className="reader-main" data-testid="reader">
        <nav className="crumbs" aria-label={t('course.where')}>
          <Link to={urls.course.to()}>{course?.title ?? t('place.course')}</Link>
          {chapter && (
            <span>
              {chapter.id} {chapter.title}
            </span>
          )}
        </nav>
        <h1>{lesson.title}</h1>
        <p className="faint reader-facts">
          {lesson.id}
          {lesson.periods > 0 ? ` · ${t('course.periods', { count: lesson.periods })}` : ` · ${t('course.reference')}`}
          {lesson.read && <span className="tag good">{t('course.read')}</span>}
        </p>
        {!wide && (
          <div className="reader-folds">
            {contents && (
              <details>
                <summary>{t('course.contents')}</summary>
                {contents}
              </details>
            )}
            <details open>
              <summary>{t('lesson.about')}</summary>
              {about}
            </details>
          </div>
        )}
        <LessonText html={lesson.html} />
        {lesson.sources.length > 0 && (
          <footer className="faint reader-sources">
            <h2>{t('lesson.sources')}</h2>
            <ul>
              {lesson.sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </footer>
        )}
        <LessonEnd lesson={lesson} chapter={chapter} />
      </article>
      {wide && (
        <aside className="reader-about" aria-label={t('lesson.about')} tabIndex={0}>
          {about}
        </aside>
      )}
    </div>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <section className="reader-points">
      <h2>{title}</h2>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}
