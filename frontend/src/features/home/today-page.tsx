import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { usePerson } from '../../shared/session/session';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { courseQuery } from '../course/api/get-course';
import { scenariosQuery } from '../hall/api/list-scenarios';
import { myLadderQuery } from '../ladder/api/get-my-ladder';
import { chatsQuery } from '../records/api/list-chats';
import { LastScores } from './last-scores';
import { MyLadder } from './my-ladder';
import { NextStepCard } from './next-step-card';
import { nextStep } from './next-step';
import './today-page.css';

/** Where a trainee begins: one thing to do, where one stands, how the last chats went. */
export function TodayPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.today'));
  const person = usePerson();
  const scenarios = useQuery(scenariosQuery);
  const course = useQuery(courseQuery);
  const ladder = useQuery(myLadderQuery);
  const chats = useInfiniteQuery(chatsQuery({ status: 'ended', scenarioId: undefined }));
  const known = !scenarios.isPending && !course.isPending;
  return (
    <div className="page today">
      <div className="page-head">
        <h1>{t('today.hello', { name: person.name })}</h1>
      </div>
      {known ? <NextStepCard step={nextStep(scenarios.data ?? [], course.data)} /> : <Skeleton rows={1} height={132} />}
      {/* Without one of the two the step above may not be the best one. */}
      {scenarios.error && <FaultNote fault={scenarios.error} onRetry={() => void scenarios.refetch()} retrying={scenarios.isFetching} />}
      {course.error && <FaultNote fault={course.error} onRetry={() => void course.refetch()} retrying={course.isFetching} />}
      <div className="today-pair">
        <section className="card today-card" aria-labelledby="ladder-title">
          <h2 id="ladder-title">{t('ladder.mine')}</h2>
          {ladder.isPending && <Skeleton rows={2} height={96} />}
          {ladder.error && <FaultNote fault={ladder.error} onRetry={() => void ladder.refetch()} retrying={ladder.isFetching} />}
          {ladder.data && <MyLadder standing={ladder.data} />}
        </section>
        <section className="card today-card" aria-labelledby="scores-title">
          <h2 id="scores-title">{t('today.scores')}</h2>
          {chats.isPending && <Skeleton rows={2} height={72} />}
          {chats.error && <FaultNote fault={chats.error} onRetry={() => void chats.refetch()} retrying={chats.isFetching} />}
          {chats.data && <LastScores chats={chats.data.pages[0]?.items ?? []} />}
        </section>
      </div>
    </div>
  );
}
