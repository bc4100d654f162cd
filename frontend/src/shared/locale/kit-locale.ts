import type { Locale } from 'antd/es/locale';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, type Language } from './language';

const loaders: Record<Language, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  en: () => import('antd/es/locale/en_US'),
};

/** The component kit's own words in the chosen language; undefined for the moment until they have come. */
export function useKitLocale(): Locale | undefined {
  // Subscribes to the choice of language.
  useTranslation();
  const language = currentLanguage();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let live = true;
    void loaders[language]().then((words) => live && setLocale(words.default));
    return () => {
      live = false;
    };
  }, [language]);
  return locale;
}
