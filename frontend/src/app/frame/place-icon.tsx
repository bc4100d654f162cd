import type { RailName } from '../places';

const paths: Record<RailName, string> = {
  today: 'M3 16h5M6.500 11.500h5M10 7h5M12.500 4h4.500v4',
  course: 'M10 5C8 3.800 5.800 3.500 3 3.500v11.500c2.800 0 5 .4 7 1.500 2-1.100 4.200-1.500 7-1.500V3.500c-2.800 0-5 .3-7 1.500Zm0 0v11',
  team: 'M3 17V3M3 17h14M7 13.500V10M11 13.500V6M15 13.500V8.500',
  teamChats: 'M3 4h10v7H8l-3 2.500V11H3zM15.500 7.500H17V14h-2v2.500L12 14H9',
  ladder: 'M6.500 2.500v15M13.500 2.500v15M6.500 6h7M6.500 10h7M6.500 14h7',
  hall: 'M3 4h14v9H9l-4 3v-3H3zM6.5 7.500h7M6.5 10h4',
  records: 'M4 3h12v14H4zM7 7h6M7 10h6M7 13h3',
  people: 'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 16c.4-2.7 2.4-4.2 5-4.2s4.6 1.5 5 4.2M13 4.3a2.5 2.5 0 0 1 0 4.9M14.5 12c1.7.5 2.8 1.9 3 4',
  teams: 'M7 3h6v4H7zM2.5 13h5v4h-5zM12.5 13h5v4h-5zM10 7v3M5 13v-3h10v3',
  account: 'M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400ZM4 17c.6-3.2 3-5 6-5s5.4 1.8 6 5',
};

export function PlaceIcon({ name }: { name: RailName }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round">
      <path d={paths[name]} />
    </svg>
  );
}
