import { ConfigProvider } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useMedia } from '../lib/use-media';
import { useKitLocale } from '../locale/kit-locale';
import { useIsDark } from './choice';
import { kitTheme } from './kit-theme';
import { dark, light } from './tokens';

/** Gives the component kit our tokens and the chosen language. Loaded with the frame, not with the sign-in page. */
export function KitProvider({ children }: { children: ReactNode }) {
  const isDark = useIsDark();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const locale = useKitLocale();
  const config = useMemo(() => {
    const base = kitTheme(isDark ? dark : light, isDark);
    return { ...base, token: { ...base.token, motion: !still } };
  }, [isDark, still]);
  return (
    <ConfigProvider
      theme={config}
      locale={locale}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      // Menus stay inside the landmark they belong to.
      getPopupContainer={(trigger) => trigger?.closest<HTMLElement>('main, header') ?? document.body}
    >
      {children}
    </ConfigProvider>
  );
}
