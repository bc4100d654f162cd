import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { usePerson } from '../../shared/session/session';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { createTeam } from './api/create-team';
import { teamsQuery } from './api/list-teams';
import './teams-page.css';

export function TeamsPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.teams'));
  const { roles } = usePerson();
  const queries = useQueryClient();
  const teams = useQuery(teamsQuery);
  const [name, setName] = useState('');
  const creating = useMutation({
    mutationFn: createTeam,
    onSuccess: () => {
      setName('');
      void queries.invalidateQueries({ queryKey: teamsQuery.queryKey });
    },
  });
  const wanted = name.trim();
  const taken = teams.data?.some((team) => team.name === wanted) === true;
  const office = roles.includes('hr') || roles.includes('admin');
  return (
    <div className="page teams-page">
      <div className="page-head">
        <h1>{t('place.teams')}</h1>
        <p className="soft">{t('teams.hint')}</p>
      </div>
      {office && (
        <form
          className="card teams-new"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted && !taken) creating.mutate(wanted);
          }}
        >
          <FormRow label={t('teams.name')} complaint={taken ? t('teams.taken') : undefined}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={(event) => {
                  setName(event.target.value);
                  creating.reset();
                }}
                maxLength={100}
                autoComplete="off"
                placeholder={t('teams.example')}
                data-testid="team-name"
              />
            )}
          </FormRow>
          <Button type="primary" htmlType="submit" disabled={!wanted || taken} loading={creating.isPending} data-testid="create-team">
            {t('teams.create')}
          </Button>
          {creating.error && <FaultNote fault={creating.error} />}
        </form>
      )}
      {teams.isPending && <Skeleton rows={4} height={52} />}
      {teams.error && <FaultNote fault={teams.error} onRetry={() => void teams.refetch()} retrying={teams.isFetching} />}
      {teams.data?.length === 0 && <EmptyNote title={t('teams.none')}>{t('teams.noneDetail')}</EmptyNote>}
      {teams.data && teams.data.length > 0 && (
        <ul className="card teams">
          {teams.data.map((team) => (
            <li key={team.id}>
              <Link to={urls.people.to({ team: team.id })} data-testid={`team-${team.name}`}>
                <strong>{team.name}</strong>
                <span className="soft">{t('teams.people', { count: team.people })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
