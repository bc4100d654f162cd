/** Every address of the app: the pattern for the router and the builder for links. No other file spells an address. */
export const urls = {
  home: { path: '/', to: () => '/' },
  signIn: { path: '/sign-in', to: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in') },
  hall: { path: '/practice', to: (filter: { stage?: string; difficulty?: string } = {}) => `/practice${query(filter)}` },
  chat: { path: '/chats/:chatId', to: (chatId: string) => `/chats/${encodeURIComponent(chatId)}` },
  scorecard: { path: '/chats/:chatId/scorecard', to: (chatId: string) => `/chats/${encodeURIComponent(chatId)}/scorecard` },
  records: { path: '/records', to: (filter: { status?: string; scenario?: string } = {}) => `/records${query(filter)}` },
  people: { path: '/people', to: (filter: { q?: string; role?: string; team?: string; status?: string } = {}) => `/people${query(filter)}` },
  person: { path: '/people/:personId', to: (personId: string) => `/people/${encodeURIComponent(personId)}` },
  peopleImport: { path: '/people/import', to: () => '/people/import' },
  teams: { path: '/teams', to: () => '/teams' },
  link: { path: '/link', to: () => '/link' },
  account: { path: '/account', to: () => '/account' },
  today: { path: '/today', to: () => '/today' },
  course: { path: '/course', to: () => '/course' },
  lesson: { path: '/course/lessons/:lessonId', to: (lessonId: string) => `/course/lessons/${encodeURIComponent(lessonId)}` },
  quiz: { path: '/course/chapters/:chapterId/quiz', to: (chapterId: string) => `/course/chapters/${encodeURIComponent(chapterId)}/quiz` },
  quizResult: { path: '/course/quizzes/:attemptId', to: (attemptId: string) => `/course/quizzes/${encodeURIComponent(attemptId)}` },
  team: { path: '/team', to: () => '/team' },
  teamChats: { path: '/team/chats', to: (filter: { person?: string; scenario?: string; passed?: string } = {}) => `/team/chats${query(filter)}` },
  teamChat: { path: '/team/chats/:chatId', to: (chatId: string) => `/team/chats/${encodeURIComponent(chatId)}` },
  ladder: { path: '/ladder', to: (filter: { tier?: string; q?: string } = {}) => `/ladder${query(filter)}` },
  personLadder: { path: '/ladder/:personId', to: (personId: string) => `/ladder/${encodeURIComponent(personId)}` },
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
