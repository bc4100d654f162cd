import createClient from 'openapi-fetch';
import { currentLanguage } from '../locale/language';
import type { paths } from './schema';

/** For the calls that need no access token: the server's face, signing in and refreshing. */
export const publicClient = createClient<paths>({
  baseUrl: '/api/v1',
  fetch: (request) => {
    const ready = new Request(request);
    ready.headers.set('Accept-Language', currentLanguage());
    return fetch(ready);
  },
});
