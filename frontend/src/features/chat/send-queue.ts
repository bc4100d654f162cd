import { mayPass } from '../../shared/api/fault';

/** A line of the agent that the server has not acknowledged yet. */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  /** What the agent had read when writing it; fixed at that moment, also over retries. */
  lastSeenSeq: number;
  /** Milliseconds of this machine's clock. */
  writtenAt: number;
  state: 'waiting' | 'sending' | 'failed';
  fault?: unknown;
}

interface Wiring<Ack> {
  send: (line: Outgoing) => Promise<Ack>;
  onAck: (ack: Ack) => void;
  onChange: (lines: readonly Outgoing[]) => void;
  /** Calls back after a wait; gives the means to cancel. */
  later: (work: () => void, milliseconds: number) => () => void;
}

const firstWait = 1_000;
const longestWait = 15_000;

/**
 * Sends lines one after the other, in the order they were written, each under the client message id it was born with: however
 * often a line is tried, the server stores it once. A fault that may pass keeps the line at the head and tries again;
 * a refusal marks the line failed and lets the next one go.
 */
export class SendQueue<Ack> {
  private lines: Outgoing[];
  private wait = firstWait;
  private cancel: (() => void) | undefined;
  private stopped = false;

  constructor(
    private readonly wiring: Wiring<Ack>,
    kept: readonly Outgoing[] = [],
  ) {
    // What was under way when the page went is simply sent again: the id makes it safe.
    this.lines = kept.map((line) => (line.state === 'sending' ? { ...line, state: 'waiting' } : line));
  }

  get pending(): readonly Outgoing[] {
    return this.lines;
  }

  add(line: Omit<Outgoing, 'state' | 'fault'>) {
    this.change([...this.lines, { ...line, state: 'waiting' }]);
    this.pump();
  }

  /** Tries again now: the person asked for it, or the connection is back. Failed lines move behind those still waiting. */
  retry(clientMessageId: string) {
    const line = this.lines.find((one) => one.clientMessageId === clientMessageId);
    if (!line || line.state === 'sending') return;
    if (line.state === 'failed') {
      this.change([...this.lines.filter((one) => one !== line), { ...line, state: 'waiting', fault: undefined }]);
    }
    this.resume();
  }

  resume() {
    this.stopped = false;
    this.cancel?.();
    this.cancel = undefined;
    this.pump();
  }

  discard(clientMessageId: string) {
    this.change(this.lines.filter((one) => one.clientMessageId !== clientMessageId || one.state === 'sending'));
  }

  /** The line was seen among the stored messages, so that its acknowledgement no longer matters. */
  confirm(clientMessageId: string) {
    if (!this.lines.some((one) => one.clientMessageId === clientMessageId)) return;
    this.change(this.lines.filter((one) => one.clientMessageId !== clientMessageId));
  }

  stop() {
    this.stopped = true;
    this.cancel?.();
    this.cancel = undefined;
  }

  private pump() {
    if (this.stopped || this.cancel || this.lines.some((one) => one.state === 'sending')) return;
    const head = this.lines.find((one) => one.state === 'waiting');
    if (head) void this.deliver(head.clientMessageId);
  }

  private async deliver(id: string) {
    this.update(id, { state: 'sending', fault: undefined });
    const line = this.lines.find((one) => one.clientMessageId === id);
    if (!line) return;
    try {
      const ack = await this.wiring.send(line);
      this.wait = firstWait;
      this.change(this.lines.filter((one) => one.clientMessageId !== id));
      this.wiring.onAck(ack);
    } catch (fault) {
      if (mayPass(fault)) {
        this.update(id, { state: 'waiting', fault });
        if (!this.stopped) this.schedule();
        return;
      }
      this.update(id, { state: 'failed', fault });
    }
    this.pump();
  }

  private schedule() {
    this.cancel = this.wiring.later(() => {
      this.cancel = undefined;
      this.pump();
    }, this.wait);
    this.wait = Math.min(this.wait * 2, longestWait);
  }

  private update(id: string, part: Partial<Outgoing>) {
    this.change(this.lines.map((one) => (one.clientMessageId === id ? { ...one, ...part } : one)));
  }

  private change(lines: Outgoing[]) {
    this.lines = lines;
    this.wiring.onChange(lines);
  }
}
