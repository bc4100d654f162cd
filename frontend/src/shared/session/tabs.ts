import { endSession, sessionState } from './session';

// Signing out in one tab signs out the others at once, without a token ever crossing between them.
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('agentladder.session');

channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
  const state = sessionState();
  if (state.phase === 'in' && event.data === `signed-out:${state.person.id}`) endSession('signed-out');
});

export function tellTabsSignedOut(personId: string) {
  channel?.postMessage(`signed-out:${personId}`);
}
