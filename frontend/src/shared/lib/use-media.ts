import { useCallback, useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Widths at which the layout changes; the same numbers stand in the style sheets. */
export const usePhone = () => useMedia('(max-width: 899px)');
export const useMargin = () => useMedia('(min-width: 1200px)');
