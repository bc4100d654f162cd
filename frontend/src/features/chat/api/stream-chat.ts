import { authorisedFetch } from '../../../shared/api/client';
import { ConnectionFault, isProblem, ProblemFault } from '../../../shared/api/fault';
import { SseParser, type ServerEvent } from '../sse-parser';

/** A stream that says nothing for this long is taken for dead; the server sends a comment line far more often. */
const silence = 60_000;

/**
 * Opens the events of a chat with the bearer header and yields them as they come. `onOpen` runs when the server has
 * answered. Ends when the server closes the stream; throws a fault when it breaks.
 */
export async function* streamChat(chatId: string, after: number, signal: AbortSignal, onOpen: () => void): AsyncGenerator<ServerEvent> {
  const alarm = new AbortController();
  const request = new Request(new URL(`/api/v1/chats/${encodeURIComponent(chatId)}/events?after=${after}`, window.location.origin), {
    headers: { Accept: 'text/event-stream' },
    signal: AbortSignal.any([signal, alarm.signal]),
    cache: 'no-store',
  });
  const response = await authorisedFetch(request).catch((cause: unknown) => {
    throw signal.aborted ? cause : new ConnectionFault(undefined, { cause });
  });
  if (!response.ok || !response.body) {
    const body: unknown = await response.json().catch(() => undefined);
    throw isProblem(body) ? new ProblemFault(body) : new ConnectionFault(response.status);
  }
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new SseParser();
  let timer = setTimeout(() => alarm.abort(), silence);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => alarm.abort(), silence);
      yield* parser.push(value);
    }
  } catch (cause) {
    throw signal.aborted ? cause : new ConnectionFault(undefined, { cause });
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => undefined);
  }
}
