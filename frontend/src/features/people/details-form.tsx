import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemFault } from '../../shared/api/fault';
import type { PersonDetail } from '../../shared/api/types';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { changePerson } from './api/change-person';
import { personKey, personQuery } from './api/get-person';
import { peopleKey } from './api/list-people';
import { differences, draftOf, merge, type DraftField } from './draft';
import { RolesField } from './roles-field';
import { TeamsField } from './teams-field';

/** Name, roles and teams. Knows the version it was opened on, so that nobody's change is overwritten unseen. */
export function DetailsForm({ detail }: { detail: PersonDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const personId = detail.person.id;
  const [base, setBase] = useState(detail);
  const [draft, setDraft] = useState(() => draftOf(detail.person));
  const [clashes, setClashes] = useState<DraftField[]>();
  const dirty = differences(draftOf(base.person), draft).length > 0;

  // Something newer has come, and nothing is being written here: show it.
  if (detail.version !== base.version && !dirty) {
    setBase(detail);
    setDraft(draftOf(detail.person));
  }

  const changing = useMutation({
    mutationFn: changePerson,
    onSuccess: (latest) => {
      queries.setQueryData(personKey(personId), latest);
      setBase(latest);
      setDraft(draftOf(latest.person));
      setClashes(undefined);
      void queries.invalidateQueries({ queryKey: peopleKey });
      void queries.invalidateQueries({ queryKey: ['teams'] });
    },
    onError: async (fault) => {
      if (!changedMeanwhile(fault)) return;
      const latest = await queries.fetchQuery({ ...personQuery(personId), staleTime: 0 });
      const merged = merge(draftOf(base.person), draft, draftOf(latest.person));
      setBase(latest);
      setDraft(merged.draft);
      setClashes(merged.clashes);
    },
  });

  const may = detail.may;
  const noName = draft.name.trim() === '';
  const noRole = draft.roles.length === 0;
  const teams = new Map(base.person.teams.map((team) => [team.id, team.name]));
  const stored = (field: DraftField) => {
    if (field === 'name') return base.person.name;
    if (field === 'roles') return base.person.roles.map((role) => t(`role.${role}`)).join(t('list.comma'));
    return base.person.teams.map((team) => team.name).join(t('list.comma')) || t('account.noTeam');
  };

  return (
    <form
      className="form-rows"
      onSubmit={(event) => {
        event.preventDefault();
        if (!noName && !noRole) changing.mutate({ personId, version: base.version, change: { ...draft, name: draft.name.trim() } });
      }}
    >
      {clashes && dirty && (
        <div className="conflict" role="alert" data-testid="person-conflict">
          <strong>{t('person.conflict')}</strong>
          {clashes.length === 0 ? (
            <p>{t('person.conflictMerged')}</p>
          ) : (
            <>
              <p>{t('person.conflictClash')}</p>
              <ul>
                {clashes.map((field) => (
                  <li key={field}>{t('person.conflictField', { field: t(`person.field.${field}`), stored: stored(field) })}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <FormRow label={t('account.name')} complaint={noName ? t('people.nameNeeded') : undefined}>
        {(control) => (
          <Input {...control} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} maxLength={100} autoComplete="off" data-testid="person-name" />
        )}
      </FormRow>
      <RolesField
        value={draft.roles}
        onChange={(roles) => setDraft({ ...draft, roles })}
        disabled={!may.includes('roles')}
        complaint={noRole ? t('people.roleNeeded') : undefined}
      />
      <TeamsField value={draft.teamIds} known={[...teams].map(([id, name]) => ({ id, name }))} onChange={(teamIds) => setDraft({ ...draft, teamIds })} />
      {changing.error && !changedMeanwhile(changing.error) && <FaultNote fault={changing.error} />}
      <div className="form-end">
        <Button type="primary" htmlType="submit" disabled={!dirty || noName || noRole} loading={changing.isPending} data-testid="person-save">
          {t(clashes && dirty ? 'person.saveAnyway' : 'person.save')}
        </Button>
        {dirty && (
          <Button
            onClick={() => {
              setDraft(draftOf(base.person));
              setClashes(undefined);
              changing.reset();
            }}
          >
            {t(clashes ? 'person.takeTheirs' : 'person.undo')}
          </Button>
        )}
        <span role="status" className="form-done">
          {changing.isSuccess && !dirty ? t('person.saved') : ''}
        </span>
      </div>
    </form>
  );
}

function changedMeanwhile(fault: unknown): boolean {
  return fault instanceof ProblemFault && fault.problem.code === 'person_changed';
}
