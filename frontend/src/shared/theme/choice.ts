import { useSyncExternalStore } from 'react';
import { recall, remember } from '../lib/remember';
import { useMedia } from '../lib/use-media';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

let choice: ThemeChoice = themeChoices.find((known) => known === recall('theme')) ?? 'system';
const listeners = new Set<() => void>();

export function chooseTheme(next: ThemeChoice) {
  choice = next;
  remember('theme', next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useThemeChoice = () => useSyncExternalStore(subscribe, () => choice);

export function useIsDark(): boolean {
  const system = useMedia('(prefers-color-scheme: dark)');
  const chosen = useThemeChoice();
  return chosen === 'system' ? system : chosen === 'dark';
}
