import { useTranslation } from 'react-i18next';

/** Read or not yet: a tick in a filled circle, or an empty one. */
export function ReadMark({ read }: { read: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={read ? 'read-mark on' : 'read-mark'}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" fill="none" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="9" cy="9" r="8" />
        {read && <path d="m5.500 9.300 2.400 2.400 4.600-5" />}
      </svg>
      <span className="sr-only">{t(read ? 'course.read' : 'course.unread')}</span>
    </span>
  );
}
