import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Chapter, Lesson } from '../../shared/api/types';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { useStartChat } from '../chat/api/use-start-chat';
import { lessonQuery } from '../lesson/api/get-lesson';
import { markLessonRead } from './api/mark-lesson-read';

interface Props {
  lesson: Lesson;
  chapter: Chapter | undefined;
}

/** The end of a lesson: note that it is read, practise it, go on. There is one thing to do next, and it stands out. */
export function LessonEnd({ lesson, chapter }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const starting = useStartChat();
  const marking = useMutation({
    mutationFn: () => markLessonRead(lesson.id),
    onSuccess: () => {
      queries.setQueryData(lessonQuery(lesson.id).queryKey, (known) => known && { ...known, read: true });
      void queries.invalidateQueries({ queryKey: ['course'] });
      void queries.invalidateQueries({ queryKey: ['ladder'] });
    },
  });
  // The last lesson of a chapter leads to its quiz, and the quiz to the next chapter.
  const lastOfChapter = chapter?.lessons.at(-1)?.id === lesson.id;
  const quiz = lastOfChapter && chapter.quiz ? chapter : undefined;
  return (
    <div className="lesson-end">
      {lesson.periods > 0 && (
        <section className="card lesson-done" aria-label={t('course.endTitle')}>
          <div>
            <strong>{t(lesson.read ? 'course.read' : 'course.endTitle')}</strong>
            <p className="soft">{t(lesson.read ? 'course.readDetail' : 'course.endDetail')}</p>
          </div>
          {!lesson.read && (
            <Button type="primary" loading={marking.isPending} onClick={() => marking.mutate()} data-testid="mark-read">
              {t('course.markRead')}
            </Button>
          )}
          {lesson.read && quiz && (
            <Link className="button primary" to={urls.quiz.to(quiz.id)} data-testid="start-quiz">
              {t('course.toQuiz')}
            </Link>
          )}
          {lesson.read && !quiz && lesson.next && (
            <Link className="button primary" to={urls.lesson.to(lesson.next.id)}>
              {t('course.next')}
            </Link>
          )}
          {marking.error && <FaultNote fault={marking.error} />}
        </section>
      )}
      {lesson.scenarios.length > 0 && (
        <section aria-labelledby="practise-title">
          <h2 id="practise-title">{t('course.practise')}</h2>
          <ul className="lesson-scenarios">
            {lesson.scenarios.map((scenario) => (
              <li key={scenario.id}>
                <button type="button" className="lesson-scenario" disabled={starting.isPending} aria-busy={starting.isPending && starting.variables === scenario.id} onClick={() => starting.mutate(scenario.id)}>
                  <span className="faint">{scenario.id}</span> {scenario.title}
                  <span aria-hidden="true">→</span>
                </button>
              </li>
            ))}
          </ul>
          {starting.error && <FaultNote fault={starting.error} />}
        </section>
      )}
      <nav className="lesson-turn" aria-label={t('course.turn')}>
        {lesson.previous ? (
          <Link to={urls.lesson.to(lesson.previous.id)} rel="prev">
            <span className="faint">← {t('course.previous')}</span>
            {lesson.previous.title}
          </Link>
        ) : (
          <span />
        )}
        {lesson.next && (
          <Link to={urls.lesson.to(lesson.next.id)} rel="next">
            <span className="faint">{t('course.next')} →</span>
            {lesson.next.title}
          </Link>
        )}
      </nav>
    </div>
  );
}
