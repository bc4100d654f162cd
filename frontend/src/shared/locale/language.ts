import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../lib/remember';
import type zhCN from './zh-CN.json';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

type Words = typeof zhCN;
interface Bundle {
  words: Words;
  kit: import('antd/es/locale').Locale;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Words };
  }
}

// Each language is a file of its own and travels only when chosen.
const bundles: Record<Language, () => Promise<Bundle>> = {
  'zh-CN': async () => {
    const [words, kit] = await Promise.all([import('./zh-CN.json'), import('antd/es/locale/zh_CN')]);
    return { words: words.default, kit: kit.default };
  },
  en: async () => {
    const [words, kit] = await Promise.all([import('./en.json'), import('antd/es/locale/en_US')]);
    return { words: words.default, kit: kit.default };
  },
};

let language: Language = 'zh-CN';
let kitLocale: Bundle['kit'] | undefined;

export const currentLanguage = (): Language => language;
export const currentKitLocale = () => kitLocale;

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
  const bundle = await bundles[next]();
  i18next.addResourceBundle(next, 'translation', bundle.words, true, true);
  language = next;
  kitLocale = bundle.kit;
  document.documentElement.lang = next;
  remember('language', next);
  await i18next.changeLanguage(next);
  document.title = i18next.t('app.name');
}
