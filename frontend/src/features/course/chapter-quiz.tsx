import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuizRow } from '../../shared/api/types';
import { urls } from '../../shared/urls';

interface Props {
  chapterId: string;
  quiz: QuizRow;
  /** All lessons are read: the quiz is the next thing to do. */
  allRead: boolean;
}

/** The quiz at the end of a chapter: what it asks, how it went, and the way in. */
export function ChapterQuiz({ chapterId, quiz, allRead }: Props) {
  const { t } = useTranslation();
  return (
    <div className="chapter-quiz">
      <div>
        <strong>{t('quiz.title')}</strong>
        <p className="faint">
          {t('quiz.asks', { count: quiz.questions, percent: quiz.passLine })}
          {quiz.best !== undefined && ` · ${t('quiz.best', { percent: quiz.best })}`}
          {quiz.attempts > 0 && ` · ${t('quiz.attempts', { count: quiz.attempts })}`}
        </p>
      </div>
      {quiz.attempts > 0 && <span className={quiz.passed ? 'tag good' : 'tag bad'}>{t(quiz.passed ? 'verdict.passed' : 'verdict.failed')}</span>}
      <Link className={allRead && !quiz.passed ? 'button primary' : 'button'} to={urls.quiz.to(chapterId)} data-testid="start-quiz">
        {t(quiz.openAttemptId ? 'quiz.resume' : quiz.attempts > 0 ? 'quiz.again' : 'quiz.start')}
      </Link>
    </div>
  );
}
