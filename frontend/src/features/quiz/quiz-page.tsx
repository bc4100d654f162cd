import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import type { QuizAttempt } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { answered, choose, handIn, missing, type Answers } from './answers';
import { resultQuery } from './api/get-quiz-result';
import { attemptQuery } from './api/start-quiz';
import { submitQuiz } from './api/submit-quiz';
import { keepAnswers, keptAnswers } from './keep';
import { QuestionCard } from './question-card';
import './quiz.css';

export function QuizPage() {
  const { t } = useTranslation();
  const { chapterId = '' } = useParams();
  const attempt = useQuery(attemptQuery(chapterId));
  usePageTitle(attempt.data?.title ?? t('quiz.title'));
  if (attempt.data) return <Paper key={attempt.data.id} attempt={attempt.data} />;
  return (
    <div className="page quiz">
      <h1 className="sr-only">{t('quiz.title')}</h1>
      {attempt.error ? (
        <div className="quiz-fault">
          <FaultNote fault={attempt.error} onRetry={statusOf(attempt.error) === 404 ? undefined : () => void attempt.refetch()} retrying={attempt.isFetching} />
          <Link to={urls.course.to()}>{t('course.toContents')}</Link>
        </div>
      ) : (
        <Skeleton rows={4} height={180} />
      )}
    </div>
  );
}

function Paper({ attempt }: { attempt: QuizAttempt }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<Answers>(() => keptAnswers(attempt.id));
  const [asking, setAsking] = useState(false);
  const open = missing(attempt.questions, answers);
  const submitting = useMutation({
    mutationFn: () => submitQuiz(attempt.id, handIn(attempt.questions, answers)),
    onSuccess: (result) => {
      keepAnswers(attempt.id, {});
      queries.setQueryData(resultQuery(result.attemptId).queryKey, result);
      void queries.invalidateQueries({ queryKey: ['course'] });
      void queries.invalidateQueries({ queryKey: ['ladder'] });
      void navigate(urls.quizResult.to(result.attemptId), { replace: true });
    },
    onSettled: () => setAsking(false),
  });
  // Handed in from another tab or device: the result is there to be read.
  const handedIn = statusOf(submitting.error) === 409;

  function pick(number: number, optionId: string) {
    const question = attempt.questions[number - 1];
    if (!question) return;
    const next = choose(answers, question, optionId);
    setAnswers(next);
    keepAnswers(attempt.id, next);
  }

  return (
    <div className="page quiz">
      <div className="page-head">
        <h1>{attempt.title}</h1>
        <p className="soft">{t('quiz.asks', { count: attempt.questions.length, percent: attempt.passLine })}</p>
      </div>
      <p className="faint quiz-keys">{t('quiz.keys')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <ol className="quiz-questions">
          {attempt.questions.map((question, index) => (
            <li key={question.id}>
              <QuestionCard question={question} number={index + 1} chosen={answers[question.id] ?? []} onChoose={(optionId) => pick(index + 1, optionId)} />
            </li>
          ))}
        </ol>
        <div className="quiz-bar">
          <ol className="quiz-map" aria-label={t('quiz.map')}>
            {attempt.questions.map((question, index) => {
              const done = answered(answers, question);
              return (
                <li key={question.id}>
                  <a
                    href={`#question-${index + 1}`}
                    className={done ? 'done' : ''}
                    aria-label={t(done ? 'quiz.mapDone' : 'quiz.mapOpen', { number: index + 1 })}
                    onClick={(event) => {
                      event.preventDefault();
                      const card = document.getElementById(`question-${index + 1}`);
                      card?.scrollIntoView({ block: 'center' });
                      card?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
                    }}
                  >
                    {index + 1}
                  </a>
                </li>
              );
            })}
          </ol>
          <span className="soft" role="status">
            {open.length === 0 ? t('quiz.allDone') : t('quiz.open', { count: open.length })}
          </span>
          <Button type="primary" htmlType="submit" data-testid="submit-quiz">
            {t('quiz.submit')}
          </Button>
        </div>
      </form>
      {submitting.error && (
        <div className="quiz-fault">
          <FaultNote fault={submitting.error} onRetry={() => submitting.mutate()} retrying={submitting.isPending} />
          {handedIn && <Link to={urls.quizResult.to(attempt.id)}>{t('quiz.toResult')}</Link>}
        </div>
      )}
      <Modal
        open={asking}
        title={t('quiz.ask')}
        okText={t('quiz.submit')}
        cancelText={t('quiz.stay')}
        onOk={() => submitting.mutate()}
        onCancel={() => setAsking(false)}
        confirmLoading={submitting.isPending}
        okButtonProps={{ 'data-testid': 'submit-quiz-confirm' }}
      >
        <p>{open.length === 0 ? t('quiz.askDetail') : t('quiz.askOpen', { numbers: open.join(t('list.comma')) })}</p>
      </Modal>
    </div>
  );
}
