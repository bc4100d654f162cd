import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NewPerson } from '../../shared/api/types';
import { newId } from '../../shared/lib/new-id';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { urls } from '../../shared/urls';
import { createPerson } from './api/create-person';
import { peopleKey } from './api/list-people';
import { LinkOnce } from './link-once';
import { RolesField } from './roles-field';
import { TeamsField } from './teams-field';

const blank: NewPerson = { login: '', name: '', roles: ['trainee'], teamIds: [] };

export function CreatePersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState(false);
  // A key belongs to what is asked: asking for something else is another intention.
  const intention = useRef({ asked: '', key: '' });
  const creating = useMutation({
    mutationFn: (person: NewPerson) => {
      const asked = JSON.stringify(person);
      if (intention.current.asked !== asked) intention.current = { asked, key: newId() };
      return createPerson({ person, key: intention.current.key });
    },
    gcTime: 0,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: peopleKey });
      void queries.invalidateQueries({ queryKey: ['teams'] });
    },
  });
  const made = creating.data;
  const person: NewPerson = { ...draft, login: draft.login.trim(), name: draft.name.trim() };
  const needed = (empty: boolean, words: string) => (tried && empty ? words : undefined);

  function submit() {
    setTried(true);
    if (person.login && person.name && person.roles.length > 0) creating.mutate(person);
  }

  return (
    <Modal
      open
      centered
      width={520}
      title={made ? t('people.created', { name: made.person.name }) : t('people.create')}
      // A click beside the dialog must not lose a link that is shown once.
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        made ? (
          <div className="form-end people-dialog-end">
            <Link to={urls.person.to(made.person.id)}>{t('people.toPerson')}</Link>
            <Button onClick={onClose}>{t('people.done')}</Button>
          </div>
        ) : (
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="primary" onClick={submit} loading={creating.isPending} data-testid="create-submit">
              {t('people.createSubmit')}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <LinkOnce link={made.link} name={made.person.name} />
      ) : (
        <form
          className="form-rows"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <FormRow label={t('account.login')} hint={t('people.loginHint')} complaint={needed(!person.login, t('signIn.loginNeeded'))}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                value={draft.login}
                onChange={(event) => setDraft({ ...draft, login: event.target.value })}
                maxLength={100}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                data-testid="create-login"
              />
            )}
          </FormRow>
          <FormRow label={t('account.name')} complaint={needed(!person.name, t('people.nameNeeded'))}>
            {(control) => (
              <Input {...control} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} maxLength={100} autoComplete="off" data-testid="create-name" />
            )}
          </FormRow>
          <RolesField value={draft.roles} onChange={(roles) => setDraft({ ...draft, roles })} complaint={needed(draft.roles.length === 0, t('people.roleNeeded'))} />
          <TeamsField value={draft.teamIds} onChange={(teamIds) => setDraft({ ...draft, teamIds })} />
          <FormRow label={t('people.hiredOn')} hint={t('people.hiredOnHint')}>
            {(control) => (
              <input
                {...control}
                type="date"
                className="field compact"
                value={draft.hiredOn ?? ''}
                onChange={(event) => setDraft({ ...draft, hiredOn: event.target.value || undefined })}
                data-testid="create-hired-on"
              />
            )}
          </FormRow>
          {creating.error && <FaultNote fault={creating.error} />}
          <button type="submit" hidden />
        </form>
      )}
    </Modal>
  );
}
