import { useSyncExternalStore } from 'react';
import type { Person, Session } from '../api/types';

/**
 * Who is signed in, in memory only: the access token is never written anywhere. `unknown` until the refresh cookie has
 * been tried once.
 */
export type SessionState =
  | { phase: 'unknown' }
  | { phase: 'in'; person: Person; token: string }
  | { phase: 'out'; reason: 'none' | 'expired' | 'signed-out' };

let state: SessionState = { phase: 'unknown' };
const listeners = new Set<() => void>();

function set(next: SessionState) {
  state = next;
  for (const listener of listeners) listener();
}

export function accessToken(): string | undefined {
  return state.phase === 'in' ? state.token : undefined;
}

export function sessionState(): SessionState {
  return state;
}

export function beginSession(session: Session) {
  set({ phase: 'in', person: session.person, token: session.accessToken });
}

/** Forgets the person. A visitor who was never signed in has not been signed out of anything. */
export function endSession(reason: 'expired' | 'signed-out') {
  if (state.phase === 'out') return;
  set({ phase: 'out', reason: state.phase === 'unknown' ? 'none' : reason });
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribeSession, sessionState);
}

/** The signed-in person. Only for screens behind the sign-in guard. */
export function usePerson(): Person {
  const session = useSession();
  if (session.phase !== 'in') throw new Error('this screen needs a signed-in person');
  return session.person;
}
