import './lesson-text.css';

/** The text of a lesson. The server has sanitised the HTML; the page's policy allows no inline script either. */
export function LessonText({ html }: { html: string }) {
  return <div className="lesson-text" dangerouslySetInnerHTML={{ __html: html }} />;
}
