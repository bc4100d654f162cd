import type { Chat, Coach, SentMessage } from '../../shared/api/types';
import { newId } from '../../shared/lib/new-id';
import { sendMessage } from './api/send-message';
import { followChat } from './follow-chat';
import { keepLines, keptLines } from './keep';
import { lastSeq, roomOf, withMessage, withSnapshot, withState, type RoomState } from './room-state';
import { SendQueue, type Outgoing } from './send-queue';

export interface RoomView extends RoomState {
  outgoing: readonly Outgoing[];
  connected: boolean;
  coach: Coach | undefined;
  /** The stream was refused for good; the chat can still be read. */
  refused: unknown;
}

/** One open chat: what was said, what is on its way, and whether the line to the server holds. */
export class ChatRoom {
  private view: RoomView;
  private readonly queue: SendQueue<SentMessage>;
  private readonly listeners = new Set<() => void>();
  private leave: (() => void) | undefined;

  constructor(
    private readonly chat: Chat,
    private readonly onMissed: () => void,
  ) {
    const kept = keptLines(chat.id).filter((line) => !chat.messages.some((one) => one.clientMessageId === line.clientMessageId));
    this.queue = new SendQueue<SentMessage>(
      {
        send: (line) => sendMessage(chat.id, line),
        onAck: (ack) => this.acknowledged(ack),
        onChange: (outgoing) => {
          keepLines(chat.id, outgoing);
          this.set({ outgoing });
        },
        later: (work, milliseconds) => {
          const timer = setTimeout(work, milliseconds);
          return () => clearTimeout(timer);
        },
      },
      kept,
    );
    this.view = { ...roomOf(chat), outgoing: this.queue.pending, connected: true, coach: undefined, refused: undefined };
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = () => this.view;

  enter() {
    this.queue.resume();
    if (this.view.status === 'ended') return;
    this.leave = followChat(this.chat.id, {
      lastSeq: () => lastSeq(this.view.messages),
      isOver: () => this.view.status === 'ended',
      onMessage: (message) => {
        this.set(withMessage(this.view, message));
        if (message.clientMessageId) this.queue.confirm(message.clientMessageId);
      },
      onState: (state) => this.set(withState(this.view, state)),
      onUp: (again) => {
        this.set({ connected: true });
        this.queue.resume();
        if (again) this.onMissed();
      },
      onDown: () => this.set({ connected: false }),
      onRefused: (refused) => this.set({ refused }),
    });
  }

  exit() {
    this.leave?.();
    this.leave = undefined;
    this.queue.stop();
  }

  absorb(chat: Chat) {
    this.set(withSnapshot(this.view, chat));
    for (const message of chat.messages) if (message.clientMessageId) this.queue.confirm(message.clientMessageId);
  }

  say(text: string) {
    this.queue.add({ clientMessageId: newId(), text, lastSeenSeq: lastSeq(this.view.messages), writtenAt: Date.now() });
  }

  retry(id: string) {
    this.queue.retry(id);
  }

  discard(id: string) {
    this.queue.discard(id);
  }

  private acknowledged(ack: SentMessage) {
    const next = withState(withMessage(this.view, ack.message), ack.state);
    this.set({ ...next, coach: ack.coach ?? this.view.coach });
  }

  private set(part: Partial<RoomView>) {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}
