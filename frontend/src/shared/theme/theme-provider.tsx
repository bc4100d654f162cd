import { useLayoutEffect, type ReactNode } from 'react';
import { useIsDark } from './choice';
import { cssVariables, dark, light } from './tokens';

/** Puts the tokens of the chosen theme on the page as CSS variables. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const isDark = useIsDark();
  useLayoutEffect(() => {
    const root = document.documentElement;
    for (const [name, value] of cssVariables(isDark ? dark : light)) root.style.setProperty(name, value);
    root.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return children;
}
