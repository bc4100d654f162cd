import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonDetail } from '../../shared/api/types';
import { calendarDay } from '../../shared/lib/when';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { personKey } from './api/get-person';
import { recordSpell } from './api/record-spell';
import { newestFirst } from './spells';

/** When the person was employed. Promotion looks at it, so only HR writes it. */
export function SpellsCard({ detail }: { detail: PersonDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [day, setDay] = useState('');
  const spells = newestFirst(detail.spells);
  const open = spells.find((spell) => !spell.to);
  const wrong = open && day !== '' && day < open.from;
  const recording = useMutation({
    mutationFn: recordSpell,
    onSuccess: (latest) => {
      setDay('');
      queries.setQueryData(personKey(detail.person.id), latest);
    },
  });
  return (
    <section className="card person-card" aria-labelledby="spells-title">
      <h2 id="spells-title">{t('person.spells')}</h2>
      {spells.length === 0 && <p className="soft">{t('person.noSpells')}</p>}
      <ul className="person-rows">
        {spells.map((spell) => (
          <li key={spell.id}>
            <strong>{spell.to ? t('person.spell', { from: calendarDay(spell.from), to: calendarDay(spell.to) }) : t('person.spellOpen', { from: calendarDay(spell.from) })}</strong>
            {!spell.to && <span className="tag good">{t('person.employed')}</span>}
          </li>
        ))}
      </ul>
      {detail.may.includes('spell') && (
        <form
          className="person-entry"
          onSubmit={(event) => {
            event.preventDefault();
            if (day !== '' && !wrong) recording.mutate({ personId: detail.person.id, spell: open ? { from: open.from, to: day } : { from: day } });
          }}
        >
          <FormRow label={t(open ? 'person.lastDay' : 'person.firstDay')} complaint={wrong ? t('person.lastDayEarly', { from: calendarDay(open.from) }) : undefined}>
            {(control) => <input {...control} type="date" className="field compact" value={day} onChange={(event) => setDay(event.target.value)} data-testid="spell-day" />}
          </FormRow>
          <Button htmlType="submit" disabled={day === '' || wrong} loading={recording.isPending} data-testid="record-spell">
            {t(open ? 'person.recordLeave' : 'person.recordJoin')}
          </Button>
        </form>
      )}
      {recording.error && <FaultNote fault={recording.error} />}
    </section>
  );
}
