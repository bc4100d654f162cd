import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonDetail, RecordGrant } from '../../shared/api/types';
import { calendarDay, fullTime } from '../../shared/lib/when';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { personKey } from './api/get-person';
import { peopleKey } from './api/list-people';
import { recordGrant } from './api/record-grant';
import { latestFirst } from './spells';

const tiers = ['junior', 'intermediate', 'senior'] as const;
const blank: RecordGrant = { tier: 'junior', on: '', evidence: '' };
const shortest = 5;

/** Tiers that were granted, with what proves them. */
export function GrantsCard({ detail }: { detail: PersonDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const [writing, setWriting] = useState(false);
  const [tried, setTried] = useState(false);
  const recording = useMutation({
    mutationFn: recordGrant,
    onSuccess: (latest) => {
      setDraft(blank);
      setWriting(false);
      setTried(false);
      queries.setQueryData(personKey(detail.person.id), latest);
      void queries.invalidateQueries({ queryKey: peopleKey });
      void queries.invalidateQueries({ queryKey: ['ladder'] });
    },
  });
  const evidence = draft.evidence.trim();
  const thin = evidence.length < shortest;
  return (
    <section className="card person-card" aria-labelledby="grants-title">
      <h2 id="grants-title">{t('person.grants')}</h2>
      {detail.grants.length === 0 && <p className="soft">{t('person.noGrants')}</p>}
      <ul className="person-rows">
        {latestFirst(detail.grants).map((grant) => (
          <li key={grant.id} data-testid={`grant-${grant.tier}`}>
            <strong>
              {t(`tier.${grant.tier}`)} · {calendarDay(grant.on)}
            </strong>
            <span className="tag">{t(`person.origin.${grant.origin}`)}</span>
            <p>{grant.evidence}</p>
            <p className="faint">{t('person.recordedBy', { name: grant.recordedBy, time: fullTime(grant.recordedAt) })}</p>
          </li>
        ))}
      </ul>
      {detail.may.includes('grant') && !writing && (
        <Button onClick={() => setWriting(true)} data-testid="add-grant">
          {t('person.addGrant')}
        </Button>
      )}
      {detail.may.includes('grant') && writing && (
        <form
          className="form-rows person-grant"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (draft.on !== '' && !thin) recording.mutate({ personId: detail.person.id, grant: { ...draft, evidence } });
          }}
        >
          <div className="person-entry">
            <FormRow label={t('account.tier')}>
              {(control) => (
                <Select
                  {...control}
                  value={draft.tier}
                  onChange={(tier) => setDraft({ ...draft, tier })}
                  options={tiers.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
                  style={{ width: 120 }}
                />
              )}
            </FormRow>
            <FormRow label={t('person.grantedOn')} complaint={tried && draft.on === '' ? t('person.dayNeeded') : undefined}>
              {(control) => (
                <input {...control} type="date" className="field compact" value={draft.on} onChange={(event) => setDraft({ ...draft, on: event.target.value })} data-testid="grant-on" />
              )}
            </FormRow>
          </div>
          <FormRow label={t('person.evidence')} hint={t('person.evidenceHint')} complaint={tried && thin ? t('person.evidenceNeeded', { count: shortest }) : undefined}>
            {(control) => (
              <Input.TextArea
                {...control}
                value={draft.evidence}
                onChange={(event) => setDraft({ ...draft, evidence: event.target.value })}
                maxLength={1000}
                autoSize={{ minRows: 2, maxRows: 8 }}
                data-testid="grant-evidence"
              />
            )}
          </FormRow>
          {recording.error && <FaultNote fault={recording.error} />}
          <div className="form-end">
            <Button type="primary" htmlType="submit" loading={recording.isPending} data-testid="record-grant">
              {t('person.recordGrant')}
            </Button>
            <Button
              onClick={() => {
                setWriting(false);
                setTried(false);
                recording.reset();
              }}
            >
              {t('action.cancel')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
