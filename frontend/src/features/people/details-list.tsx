import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../shared/api/types';

/** Name, roles and teams for someone who may look and not change. */
export function DetailsList({ person }: { person: PersonRow }) {
  const { t } = useTranslation();
  return (
    <dl className="person-facts">
      <div>
        <dt>{t('account.name')}</dt>
        <dd data-testid="person-name">{person.name}</dd>
      </div>
      <div>
        <dt>{t('account.roles')}</dt>
        <dd>{person.roles.map((role) => t(`role.${role}`)).join(t('list.comma'))}</dd>
      </div>
      <div>
        <dt>{t('account.teams')}</dt>
        <dd>{person.teams.map((team) => team.name).join(t('list.comma')) || t('account.noTeam')}</dd>
      </div>
    </dl>
  );
}
