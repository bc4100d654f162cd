import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import type { Standing } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { calendarDay } from '../../shared/lib/when';
import { useRole } from '../../shared/session/role';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { Clauses } from '../../shared/ui/standing/clauses';
import { Rungs } from '../../shared/ui/standing/rungs';
import { urls } from '../../shared/urls';
import { personLadderQuery } from '../ladder/api/get-person-ladder';
import './person-ladder-page.css';

/** One person on the ladder, with the facts behind every clause: a decision that can be defended. */
export function PersonLadderPage() {
  const { t } = useTranslation();
  const { personId = '' } = useParams();
  const standing = useQuery(personLadderQuery(personId));
  const supervisor = useRole() === 'supervisor';
  const back = <Link to={supervisor ? urls.team.to() : urls.ladder.to()}>{t(supervisor ? 'place.team' : 'hr.title')}</Link>;
  usePageTitle(standing.data ? `${standing.data.person.name} ${t('place.ladder')}` : t('place.ladder'));
  return (
    <div className="page person-ladder">
      <nav className="person-crumbs" aria-label={t('course.where')}>
        {back}
      </nav>
      {standing.isPending && (
        <>
          <h1 className="sr-only">{t('place.ladder')}</h1>
          <Skeleton rows={3} height={140} />
        </>
      )}
      {standing.error && (
        <>
          <h1 className="sr-only">{t('place.ladder')}</h1>
          <FaultNote fault={standing.error} onRetry={statusOf(standing.error) === 404 ? undefined : () => void standing.refetch()} retrying={standing.isFetching} />
        </>
      )}
      {standing.data && <Reading standing={standing.data} />}
    </div>
  );
}

function Reading({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const { person } = standing;
  return (
    <>
      <div className="page-head">
        <h1>{person.name}</h1>
        <p className="soft">
          {person.login} · {standing.tierTitle}
          {person.teams.length > 0 && ` · ${person.teams.map((team) => team.name).join(t('list.comma'))}`}
        </p>
        {person.status !== 'active' && <span className="tag">{t(`people.is.${person.status}`)}</span>}
        <Link className="person-more" to={urls.person.to(person.id)}>
          {t('hr.toPerson')}
        </Link>
      </div>
      <section className="card person-card" aria-label={t('place.ladder')}>
        <Rungs standing={standing} />
        <p className="faint">{t('hr.asOf', { day: calendarDay(standing.asOf) })}</p>
      </section>
      <section className="card person-card" aria-labelledby="clauses-title">
        <h2 id="clauses-title">{standing.next ? t('ladder.toNext', { tier: standing.next.title }) : t('place.ladder')}</h2>
        {standing.next ? <Clauses next={standing.next} openFacts /> : <p className="soft">{t('ladder.top')}</p>}
      </section>
    </>
  );
}
