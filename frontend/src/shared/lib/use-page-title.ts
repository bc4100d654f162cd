import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the browser tab after the page, in the chosen language. */
export function usePageTitle(title: string) {
  const { t } = useTranslation();
  const name = t('app.name');
  useEffect(() => {
    document.title = title && title !== name ? `${title} · ${name}` : name;
  }, [title, name]);
}
