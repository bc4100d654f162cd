/** Every address of the app: the pattern for the router and the builder for links. No other file spells an address. */
export const urls = {
  home: { path: '/', to: () => '/' },
  signIn: { path: '/sign-in', to: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in') },
  hall: { path: '/practice', to: (filter: { stage?: string; difficulty?: string } = {}) => `/practice${query(filter)}` },
  chat: { path: '/chats/:chatId', to: (chatId: string) => `/chats/${encodeURIComponent(chatId)}` },
  scorecard: { path: '/chats/:chatId/scorecard', to: (chatId: string) => `/chats/${encodeURIComponent(chatId)}/scorecard` },
  records: { path: '/records', to: (filter: { status?: string; scenario?: string } = {}) => `/records${query(filter)}` },
  account: { path: '/account', to: () => '/account' },
} as const;

/** The address parameter that opens the lesson drawer over any page. */
export const lessonParam = 'lesson';

function query(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value) params.set(key, value);
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** An address inside this app, or home: the next page after sign-in comes from the address bar and may be anything. */
export function insideApp(next: string | null): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return urls.home.to();
  return next;
}
