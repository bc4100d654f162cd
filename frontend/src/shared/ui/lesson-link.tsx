import { useSearchParams } from 'react-router';
import type { LessonRef } from '../api/types';
import { lessonParam } from '../urls';
import './lesson-link.css';

/** Opens a lesson beside the page one is on; the address keeps it, so that it can be shared and closed with Back. */
export function LessonLink({ lesson }: { lesson: LessonRef }) {
  const [params, setParams] = useSearchParams();
  return (
    <button
      type="button"
      className="lesson-link"
      data-testid={`lesson-${lesson.id}`}
      onClick={() => {
        const next = new URLSearchParams(params);
        next.set(lessonParam, lesson.id);
        setParams(next, { preventScrollReset: true });
      }}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
        <path d="M8 3.5C6.5 2.5 4.5 2 2 2v10.5c2.5 0 4.5.5 6 1.5 1.5-1 3.5-1.5 6-1.5V2c-2.5 0-4.5.5-6 1.5Zm0 0V14" />
      </svg>
      {lesson.title}
    </button>
  );
}
