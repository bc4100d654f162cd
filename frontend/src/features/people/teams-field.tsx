import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../shared/api/types';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { teamsQuery } from '../teams/api/list-teams';

interface Props {
  value: readonly string[];
  onChange: (teamIds: string[]) => void;
  /** Teams that have a name although the list has not come. */
  known?: readonly Team[];
}

export function TeamsField({ value, onChange, known = [] }: Props) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery);
  const options = new Map([...known, ...(teams.data ?? [])].map((team) => [team.id, team.name]));
  return (
    <FormRow label={t('account.teams')} hint={t('people.teamsHint')}>
      {(control) => (
        <>
          <Select<string[]>
            {...control}
            mode="multiple"
            value={[...value]}
            onChange={onChange}
            loading={teams.isPending}
            showSearch={{ optionFilterProp: 'label' }}
            options={[...options].map(([id, name]) => ({ value: id, label: name }))}
            notFoundContent={t('people.noTeams')}
            style={{ width: '100%' }}
          />
          {teams.error && <FaultNote fault={teams.error} onRetry={() => void teams.refetch()} retrying={teams.isFetching} />}
        </>
      )}
    </FormRow>
  );
}
