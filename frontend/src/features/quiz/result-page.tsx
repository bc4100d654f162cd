import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import type { QuizItem, QuizResult } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { ChipGroup } from '../../shared/ui/chip-group';
import { FaultNote } from '../../shared/ui/fault-note';
import { LessonLink } from '../../shared/ui/lesson-link';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { resultQuery } from './api/get-quiz-result';
import './quiz.css';

export function ResultPage() {
  const { t } = useTranslation();
  const { attemptId = '' } = useParams();
  const result = useQuery(resultQuery(attemptId));
  usePageTitle(result.data ? `${t('quiz.result')} ${result.data.title}` : t('quiz.result'));
  if (result.data) return <Reading result={result.data} />;
  return (
    <div className="page quiz">
      <h1 className="sr-only">{t('quiz.result')}</h1>
      {result.error ? (
        <div className="quiz-fault">
          <FaultNote fault={result.error} onRetry={statusOf(result.error) === 404 ? undefined : () => void result.refetch()} retrying={result.isFetching} />
          <Link to={urls.course.to()}>{t('course.toContents')}</Link>
        </div>
      ) : (
        <Skeleton rows={3} height={180} />
      )}
    </div>
  );
}

function Reading({ result }: { result: QuizResult }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<'all' | 'wrong'>('all');
  const wrong = result.items.filter((item) => !item.correct).length;
  return (
    <div className="page quiz">
      <div className="page-head">
        <h1>{result.title}</h1>
        <p className="soft">{t('quiz.result')}</p>
      </div>
      <section className={result.passed ? 'card quiz-verdict' : 'card quiz-verdict failed'} data-testid="quiz-result" aria-label={t('quiz.result')}>
        <div>
          <p className="quiz-word">{t(result.passed ? 'verdict.passed' : 'verdict.failed')}</p>
          <p className="quiz-percent">
            {result.percent}
            <small>%</small>
          </p>
        </div>
        <p className="soft">
          {t('quiz.rightOf', { right: result.items.length - wrong, count: result.items.length })} · {t('quiz.passLine', { percent: result.passLine })}
        </p>
        <div className="quiz-actions">
          <Link className={result.passed ? 'button primary' : 'button'} to={urls.course.to()}>
            {t('course.toContents')}
          </Link>
          <Link className={result.passed ? 'button' : 'button primary'} to={urls.quiz.to(result.chapterId)}>
            {t('quiz.again')}
          </Link>
        </div>
      </section>
      {wrong > 0 && wrong < result.items.length && (
        <ChipGroup
          label={t('score.show')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: `${t('filter.all')} ${result.items.length}` },
            { value: 'wrong', label: `${t('quiz.wrongOnly')} ${wrong}` },
          ]}
        />
      )}
      <ol className="quiz-questions quiz-review">
        {result.items.map((item, index) => (shown === 'wrong' && item.correct ? null : <Item key={item.question.id} item={item} number={index + 1} />))}
      </ol>
    </div>
  );
}

function Item({ item, number }: { item: QuizItem; number: number }) {
  const { t } = useTranslation();
  return (
    <li className="card question">
      <h2>
        <span className={item.correct ? 'question-number right' : 'question-number wrong'}>{number}</span>
        <span>
          {item.question.prompt} <span className={item.correct ? 'tag good' : 'tag bad'}>{t(item.correct ? 'quiz.right' : 'quiz.wrong')}</span>
        </span>
      </h2>
      <ul>
        {item.question.options.map((option) => {
          const right = item.right.includes(option.id);
          const chosen = item.chosen.includes(option.id);
          return (
            <li key={option.id} className={right ? 'option right' : chosen ? 'option wrong' : 'option'}>
              <span className="option-sign" aria-hidden="true">
                {right ? '✓' : chosen ? '✕' : ''}
              </span>
              <span>{option.text}</span>
              <span className="option-notes">
                {right && <span className="tag good">{t('quiz.rightOption')}</span>}
                {chosen && <span className="tag">{t('quiz.chosen')}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      {item.chosen.length === 0 && <p className="soft">{t('quiz.noAnswer')}</p>}
      <p className="explanation">{item.explanation}</p>
      {item.lesson && (
        <div>
          <LessonLink lesson={item.lesson} />
        </div>
      )}
    </li>
  );
}
