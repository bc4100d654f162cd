import createClient from 'openapi-fetch';
import { currentLanguage } from '../locale/language';
import { accessToken, endSession } from '../session/session';
import { refreshSession } from './refresh-session';
import type { paths } from './schema';

function prepared(request: Request, token: string | undefined): Request {
  const ready = new Request(request);
  ready.headers.set('Accept-Language', currentLanguage());
  if (token) ready.headers.set('Authorization', `Bearer ${token}`);
  return ready;
}

/**
 * Sends a request as the signed-in person. A 401 is answered once by a fresh access token; when there is none to be had,
 * the session ends here and the 401 goes on to the caller.
 */
export async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = accessToken() ?? (await refreshSession());
  const response = await fetch(prepared(request, token));
  if (response.status !== 401 || !token) return response;
  // Another request may have brought a newer token while this one was under way.
  const newer = accessToken() === token ? await refreshSession() : accessToken();
  if (!newer) return response;
  const second = await fetch(prepared(again, newer));
  if (second.status === 401) endSession('expired');
  return second;
}

export const client = createClient<paths>({ baseUrl: '/api/v1', fetch: authorisedFetch });
