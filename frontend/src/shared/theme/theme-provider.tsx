import { ConfigProvider } from 'antd';
import { useLayoutEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '../lib/use-media';
import { currentKitLocale } from '../locale/language';
import { useIsDark } from './choice';
import { kitTheme } from './kit-theme';
import { cssVariables, dark, light } from './tokens';

export function ThemeProvider({ children }: { children: ReactNode }) {
  const isDark = useIsDark();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  // Subscribes to the language, so that the kit's own words follow it.
  useTranslation();
  const tokens = isDark ? dark : light;
  useLayoutEffect(() => {
    const root = document.documentElement;
    for (const [name, value] of cssVariables(tokens)) root.style.setProperty(name, value);
    root.style.colorScheme = isDark ? 'dark' : 'light';
  }, [tokens, isDark]);
  const config = useMemo(() => {
    const base = kitTheme(tokens, isDark);
    return { ...base, token: { ...base.token, motion: !still } };
  }, [tokens, isDark, still]);
  return (
    <ConfigProvider theme={config} locale={currentKitLocale()} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  );
}
