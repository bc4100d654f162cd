import { mayPass } from '../../shared/api/fault';
import type { ChatState, Message } from '../../shared/api/types';
import { streamChat } from './api/stream-chat';

interface Hooks {
  lastSeq: () => number;
  isOver: () => boolean;
  onMessage: (message: Message) => void;
  onState: (state: ChatState) => void;
  /** `again` when the connection had been lost, so that something may have been missed. */
  onUp: (again: boolean) => void;
  onDown: () => void;
  onRefused: (fault: unknown) => void;
}

const firstWait = 500;
const longestWait = 15_000;

/** Keeps the events of a chat coming until it is over or the caller leaves; gives the means to leave. */
export function followChat(chatId: string, hooks: Hooks): () => void {
  const leaving = new AbortController();
  let current: AbortController | undefined;
  let wake: (() => void) | undefined;

  const online = () => {
    current?.abort();
    wake?.();
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', hooks.onDown);

  void (async () => {
    let failures = 0;
    let lost = false;
    while (!leaving.signal.aborted) {
      current = new AbortController();
      const signal = AbortSignal.any([leaving.signal, current.signal]);
      try {
        const events = streamChat(chatId, hooks.lastSeq(), signal, () => {
          hooks.onUp(lost);
          lost = false;
        });
        for await (const event of events) {
          failures = 0;
          if (event.event === 'message') hooks.onMessage(JSON.parse(event.data) as Message);
          else if (event.event === 'status') hooks.onState(JSON.parse(event.data) as ChatState);
          else if (event.event === 'end') break;
        }
        if (hooks.isOver()) return;
      } catch (fault) {
        if (leaving.signal.aborted) return;
        lost = true;
        if (!current.signal.aborted) {
          if (!mayPass(fault)) {
            hooks.onRefused(fault);
            return;
          }
          hooks.onDown();
        }
      }
      const wait = Math.min(firstWait * 2 ** failures, longestWait) * (0.8 + Math.random() * 0.4);
      failures += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        leaving.signal.addEventListener('abort', wake, { once: true });
      });
    }
  })();

  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', hooks.onDown);
    leaving.abort();
  };
}
