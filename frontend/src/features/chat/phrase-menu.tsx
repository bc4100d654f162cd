import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  phrases: readonly string[];
  onPick: (phrase: string) => void;
  onClose: () => void;
}

/** Quick phrases over the composer: arrows move, Enter takes, Esc goes back. */
export function PhraseMenu({ phrases, onPick, onClose }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, []);

  function move(step: number) {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const now = items.findIndex((item) => item === document.activeElement);
    items[(now + step + items.length) % items.length]?.focus();
  }

  return (
    <ul
      className="phrase-menu"
      role="menu"
      aria-label={t('panel.phrases')}
      ref={list}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') move(1);
        else if (event.key === 'ArrowUp') move(-1);
        else if (event.key === 'Escape' || event.key === 'Backspace') onClose();
        else return;
        event.preventDefault();
      }}
    >
      {phrases.map((phrase) => (
        <li key={phrase} role="none">
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => onPick(phrase)}>
            {phrase}
          </button>
        </li>
      ))}
    </ul>
  );
}
