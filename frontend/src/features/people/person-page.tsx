import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { usePerson } from '../../shared/session/session';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { AccessCard } from './access-card';
import { personQuery } from './api/get-person';
import { DetailsForm } from './details-form';
import { DetailsList } from './details-list';
import { GrantsCard } from './grants-card';
import { statusLook } from './roles';
import { SpellsCard } from './spells-card';
import './people.css';
import './person-page.css';

export function PersonPage() {
  const { t } = useTranslation();
  const { personId = '' } = useParams();
  const own = usePerson();
  const detail = useQuery(personQuery(personId));
  const person = detail.data?.person;
  usePageTitle(person?.name ?? t('place.people'));
  const seesLadder = own.roles.includes('hr') || own.roles.includes('supervisor');
  return (
    <div className="page person-page">
      <nav aria-label={t('person.path')} className="crumbs">
        <Link to={urls.people.to()}>{t('place.people')}</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{person?.name ?? '…'}</span>
      </nav>
      {detail.isPending && <Skeleton rows={3} height={160} />}
      {detail.error && (
        <>
          <h1 className="sr-only">{t('place.people')}</h1>
          <FaultNote fault={detail.error} onRetry={() => void detail.refetch()} retrying={detail.isFetching} />
        </>
      )}
      {detail.data && person && (
        <>
          <div className="page-head person-head">
            <h1>{person.name}</h1>
            <span className={statusLook[person.status]}>{t(`people.is.${person.status}`)}</span>
            <span className="soft person-login">{person.login}</span>
            <span className="soft">{t(`tier.${person.tier}`)}</span>
            {seesLadder && (
              <Link className="person-to-ladder" to={urls.personLadder.to(person.id)} data-testid="to-ladder">
                {t('person.toLadder')}
              </Link>
            )}
          </div>
          {detail.data.may.length === 0 && <p className="person-readonly">{t(person.id === own.id ? 'person.readOnlySelf' : 'person.readOnly')}</p>}
          <div className="person-grid">
            <section className="card person-card" aria-labelledby="details-title">
              <h2 id="details-title">{t('account.person')}</h2>
              {detail.data.may.includes('change') ? <DetailsForm key={person.id} detail={detail.data} /> : <DetailsList person={person} />}
            </section>
            <div className="person-side">
              <AccessCard key={person.id} detail={detail.data} />
              <SpellsCard detail={detail.data} />
              <GrantsCard detail={detail.data} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
