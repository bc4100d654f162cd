import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../lib/remember';
import type zhCN from './zh-CN.json';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

type Words = typeof zhCN;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Words };
  }
}

// Each language is a file of its own and travels only when chosen.
const bundles: Record<Language, () => Promise<{ default: Words }>> = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
};

let language: Language = 'zh-CN';

export const currentLanguage = (): Language => language;

function isLanguage(value: string | undefined): value is Language {
  return languages.some((known) => known === value);
}

export async function startLanguage(): Promise<void> {
  const saved = recall('language');
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await chooseLanguage(isLanguage(saved) ? saved : 'zh-CN');
}

/** Loads a language and makes it the one of the page, of the component kit and of the server's sentences. */
export async function chooseLanguage(next: Language): Promise<void> {
  const words = await bundles[next]();
  i18next.addResourceBundle(next, 'translation', words.default, true, true);
  language = next;
  document.documentElement.lang = next;
  remember('language', next);
  await i18next.changeLanguage(next);
}
