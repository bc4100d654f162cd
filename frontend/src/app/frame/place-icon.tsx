const paths = {
  hall: 'M3 4h14v9H9l-4 3v-3H3zM6.5 7.500h7M6.5 10h4',
  records: 'M4 3h12v14H4zM7 7h6M7 10h6M7 13h3',
  account: 'M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400ZM4 17c.6-3.2 3-5 6-5s5.4 1.8 6 5',
} as const;

export function PlaceIcon({ name }: { name: keyof typeof paths }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round">
      <path d={paths[name]} />
    </svg>
  );
}
