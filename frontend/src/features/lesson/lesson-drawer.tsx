import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePhone } from '../../shared/lib/use-media';
import { FaultNote } from '../../shared/ui/fault-note';
import { LessonText } from '../../shared/ui/lesson-text';
import { Skeleton } from '../../shared/ui/skeleton';
import { lessonParam } from '../../shared/urls';
import { lessonQuery } from './api/get-lesson';
import './lesson-drawer.css';

/** A lesson beside the page that named it. */
export function LessonDrawer({ lessonId }: { lessonId: string }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const lesson = useQuery(lessonQuery(lessonId));

  function close() {
    const next = new URLSearchParams(params);
    next.delete(lessonParam);
    setParams(next, { preventScrollReset: true });
  }

  return (
    <Drawer
      open
      onClose={close}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '88dvh' : 560}
      title={lesson.data?.title ?? t('lesson.title')}
      rootClassName="lesson-drawer"
    >
      {lesson.isPending && <Skeleton rows={3} height={120} />}
      {lesson.error && <FaultNote fault={lesson.error} onRetry={() => void lesson.refetch()} retrying={lesson.isFetching} />}
      {lesson.data && (
        // The drawer scrolls, so that its text must be able to take the focus.
        <article className="lesson" data-testid="lesson" tabIndex={0} aria-label={lesson.data.title}>
          <p className="faint">{lesson.data.id}</p>
          <Points title={t('lesson.objectives')} points={lesson.data.objectives} />
          <LessonText html={lesson.data.html} />
          <Points title={t('lesson.keyPoints')} points={lesson.data.keyPoints} />
          {lesson.data.sources.length > 0 && (
            <footer className="faint">
              <h3>{t('lesson.sources')}</h3>
              <ul>
                {lesson.data.sources.map((source) => (
                  <li key={source}>{source}</li>
                ))}
              </ul>
            </footer>
          )}
        </article>
      )}
    </Drawer>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <section className="lesson-points">
      <h3>{title}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}
