import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coach } from '../../shared/api/types';
import { recall, remember } from '../../shared/lib/remember';

/** What the last reply did: what landed, what it cost, one better wording. */
export function CoachStrip({ coach }: { coach: Coach }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(() => recall('coach') !== 'closed');
  const quiet = coach.landed.length === 0 && coach.cost.length === 0;
  return (
    <section className="coach" data-testid="coach" aria-label={t('coach.title')}>
      <button
        type="button"
        className="coach-head"
        aria-expanded={open}
        onClick={() => {
          remember('coach', open ? 'closed' : 'open');
          setOpen(!open);
        }}
      >
        <strong>{t('coach.title')}</strong>
        <span className="coach-count gain">+ {t('coach.landedCount', { count: coach.landed.length })}</span>
        <span className="coach-count loss">− {t('coach.costCount', { count: coach.cost.length })}</span>
        <svg className={open ? 'coach-arrow open' : 'coach-arrow'} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
          <path d="M2 8l4-4l4 4" />
        </svg>
      </button>
      {open && (
        <div className="coach-body" role="status">
          {quiet && <p className="soft">{t('coach.quiet')}</p>}
          {coach.landed.length > 0 && (
            <ul className="coach-notes gain" aria-label={t('coach.landed')}>
              {coach.landed.map((note) => (
                <li key={note.ref + note.quote}>
                  <span aria-hidden="true">+</span> <strong>{note.title}</strong>
                  {note.quote && <q>{note.quote}</q>}
                  {note.why && <span className="soft">{note.why}</span>}
                </li>
              ))}
            </ul>
          )}
          {coach.cost.length > 0 && (
            <ul className="coach-notes loss" aria-label={t('coach.cost')}>
              {coach.cost.map((note) => (
                <li key={note.ref + note.quote}>
                  <span aria-hidden="true">−</span> <strong>{note.title}</strong>
                  {note.quote && <q>{note.quote}</q>}
                  {note.why && <span className="soft">{note.why}</span>}
                </li>
              ))}
            </ul>
          )}
          {coach.better && (
            <p className="coach-better">
              <span>{t('coach.better')}</span>
              {coach.better}
            </p>
          )}
        </div>
      )}
    </section>
  );
}
