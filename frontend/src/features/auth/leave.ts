import { queryClient } from '../../shared/api/query-client';
import { endSession, sessionState } from '../../shared/session/session';
import { tellTabsSignedOut } from '../../shared/session/tabs';

/** Forgets the person in this tab and in the others: answers, drafts and unsent lines go with them. */
export function leave() {
  const state = sessionState();
  if (state.phase === 'in') tellTabsSignedOut(state.person.id);
  endSession('signed-out');
  queryClient.clear();
  try {
    sessionStorage.clear();
  } catch {
    // Without storage there is nothing to forget.
  }
}
