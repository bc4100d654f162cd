import type { RailName } from '../places';

const paths: Record<RailName, string> = {
  hall: 'M3 4h14v9H9l-4 3v-3H3zM6.5 7.500h7M6.5 10h4',
  records: 'M4 3h12v14H4zM7 7h6M7 10h6M7 13h3',
  people: 'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 16c.4-2.7 2.4-4.2 5-4.2s4.6 1.5 5 4.2M13 4.3a2.5 2.5 0 0 1 0 4.9M14.5 12c1.7.5 2.8 1.9 3 4',
  teams: 'M3 8h14v8H3zM7 8V5h6v3M3 12h14',
  account: 'M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400ZM4 17c.6-3.2 3-5 6-5s5.4 1.8 6 5',
};

export function PlaceIcon({ name }: { name: RailName }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round">
      <path d={paths[name]} />
    </svg>
  );
}
