import { currentLanguage } from '../locale/language';

function format(options: Intl.DateTimeFormatOptions) {
  return (iso: string) => new Intl.DateTimeFormat(currentLanguage(), { hourCycle: 'h23', ...options }).format(new Date(iso));
}

export const clockTime = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const dayAndTime = format({ month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
export const fullTime = format({ year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A calendar day (YYYY-MM-DD), the same in every time zone. */
export const calendarDay = format({ year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });

/** Seconds as m:ss, or h:mm:ss from an hour on. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
