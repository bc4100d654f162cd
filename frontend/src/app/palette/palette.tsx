import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { courseQuery } from '../../features/course/api/get-course';
import { useStartChat } from '../../features/chat/api/use-start-chat';
import { scenariosQuery } from '../../features/hall/api/list-scenarios';
import { chooseRole, roleOrder, useRole } from '../../shared/session/role';
import { usePerson } from '../../shared/session/session';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { homeOf, mayEnter, railOf } from '../places';
import { find, move, type Item } from './find';
import './palette.css';

interface Way extends Item {
  go: () => void;
}

const groups = ['places', 'scenarios', 'lessons', 'roles'] as const;

/** Everything one can go to, by the keyboard: places of the role, scenarios, lessons, another role. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const starting = useStartChat();
  const ways = useWays(onClose, (scenarioId) => starting.mutate(scenarioId, { onSuccess: onClose }));
  const found = find(ways, words);
  // Without words things stand in their groups; with words the best one is first.
  const sections = words.trim() ? [{ group: undefined, items: found }] : groups.map((group) => ({ group, items: found.filter((item) => item.group === group) }));
  const shown = sections.flatMap((section) => section.items);
  const current = shown[Math.min(at, shown.length - 1)];

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  useEffect(() => {
    if (current) document.getElementById(`${id}-${current.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.open')}
      data-testid="palette"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="palette-box">
        <input
          className="palette-field"
          type="text"
          role="combobox"
          autoFocus
          aria-label={t('palette.placeholder')}
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.id}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('palette.placeholder')}
          value={words}
          maxLength={100}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            // Enter and the arrows belong to the input method while it composes.
            if (event.nativeEvent.isComposing) return;
            const next = move(event.key, Math.min(at, shown.length - 1), shown.length);
            if (next !== undefined) {
              event.preventDefault();
              setAt(next);
            } else if (event.key === 'Enter') {
              event.preventDefault();
              current?.go();
            }
          }}
        />
        <p className="sr-only" role="status">
          {words.trim() && shown.length > 0 ? t('palette.results', { count: shown.length }) : ''}
        </p>
        <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t('palette.open')} tabIndex={-1}>
          {sections.map(
            (section) =>
              section.items.length > 0 && (
                <div key={section.group ?? 'found'} role="group" aria-label={section.group ? t(`palette.${section.group}`) : t('palette.open')}>
                  {section.group && (
                    <p className="palette-group" aria-hidden="true">
                      {t(`palette.${section.group}`)}
                    </p>
                  )}
                  {section.items.map((item) => (
                    // The keyboard stays in the field; the options are for the pointer and the screen reader.
                    <div
                      key={item.id}
                      id={`${id}-${item.id}`}
                      role="option"
                      aria-selected={item === current}
                      className="palette-item"
                      data-testid={`palette-${item.id}`}
                      onMouseMove={() => setAt(shown.indexOf(item))}
                      onClick={() => item.go()}
                    >
                      <span>{item.title}</span>
                      {item.note && <span className="faint">{item.note}</span>}
                    </div>
                  ))}
                </div>
              ),
          )}
        </div>
        {shown.length === 0 && (
          <p className="palette-none" role="status">
            {t('palette.none')}
          </p>
        )}
        {starting.error && <FaultNote fault={starting.error} />}
        <p className="palette-hint faint">{t('palette.hint')}</p>
      </div>
    </dialog>
  );
}

function useWays(close: () => void, start: (scenarioId: string) => void): Way[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { roles } = usePerson();
  const role = useRole();
  const practises = mayEnter('hall', roles);
  const scenarios = useQuery({ ...scenariosQuery, enabled: practises });
  const course = useQuery({ ...courseQuery, enabled: practises });

  function to(address: string) {
    close();
    void navigate(address);
  }

  return [
    ...railOf(role).map((place): Way => ({ id: place.name, group: 'places', title: t(`place.${place.name}`), words: place.name, go: () => to(place.to) })),
    ...(scenarios.data ?? []).map(
      ({ id, title, buyerType, platformName, activeChatId }): Way => ({
        id,
        group: 'scenarios',
        title,
        note: id,
        words: `${buyerType} ${platformName} ${t(activeChatId ? 'palette.continueScenario' : 'palette.startScenario')}`,
        go: () => (activeChatId ? to(urls.chat.to(activeChatId)) : start(id)),
      }),
    ),
    ...(course.data?.chapters ?? []).flatMap((chapter) =>
      chapter.lessons.map((lesson): Way => ({ id: lesson.id, group: 'lessons', title: lesson.title, note: lesson.id, words: chapter.title, go: () => to(urls.lesson.to(lesson.id)) })),
    ),
    ...roleOrder
      .filter((other) => other !== role && roles.includes(other))
      .map(
        (other): Way => ({
          id: `role-${other}`,
          group: 'roles',
          title: t('palette.switchTo', { role: t(`role.${other}`) }),
          go: () => {
            chooseRole(other);
            to(homeOf(other));
          },
        }),
      ),
  ];
}
