import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRow } from '../../shared/api/types';
import { dayAndTime, fullTime } from '../../shared/lib/when';
import { urls } from '../../shared/urls';
import { statusLook } from './roles';

export function PersonLine({ person }: { person: PersonRow }) {
  const { t } = useTranslation();
  return (
    <Link className="person-line" to={urls.person.to(person.id)} data-testid={`person-${person.login}`}>
      <span className="person-who">
        <strong>{person.name}</strong>
        <span className="faint">{person.login}</span>
      </span>
      <span className="person-roles">
        {person.roles.map((role) => (
          <span key={role} className="tag">
            {t(`role.${role}`)}
          </span>
        ))}
      </span>
      <span className="person-teams">{person.teams.map((team) => team.name).join(t('list.comma'))}</span>
      <span className="person-tier">{t(`tier.${person.tier}`)}</span>
      <span>
        <span className={statusLook[person.status]}>{t(`people.is.${person.status}`)}</span>
      </span>
      <span className="person-seen">
        {person.lastSeenAt ? (
          <time dateTime={person.lastSeenAt} title={fullTime(person.lastSeenAt)}>
            {dayAndTime(person.lastSeenAt)}
          </time>
        ) : (
          t('people.never')
        )}
      </span>
    </Link>
  );
}
