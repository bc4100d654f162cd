import type { Chat, ChatState, Message } from '../../shared/api/types';

/** What is known of a running chat, from snapshots, events and acknowledgements in whatever order they arrive. */
export interface RoomState {
  messages: readonly Message[];
  status: Chat['status'];
  outcome: Chat['outcome'];
  typing: boolean;
  waitingSince: string | undefined;
  /** The last message the state above speaks of. */
  stateSeq: number;
}

export function roomOf(chat: Chat): RoomState {
  return {
    messages: chat.messages,
    status: chat.status,
    outcome: chat.outcome,
    typing: chat.typing,
    waitingSince: chat.waitingSince,
    stateSeq: lastSeq(chat.messages),
  };
}

export function lastSeq(messages: readonly Message[]): number {
  return messages.at(-1)?.seq ?? 0;
}

/** Takes a message in by its seq: once, in its place. A newer copy of a known message wins (it may have been marked crossed). */
export function withMessage(room: RoomState, message: Message): RoomState {
  const others = room.messages.filter((one) => one.seq !== message.seq);
  const at = others.findLastIndex((one) => one.seq < message.seq) + 1;
  const messages = [...others.slice(0, at), message, ...others.slice(at)];
  if (message.seq <= room.stateSeq) return { ...room, messages };
  // No state speaks of this message yet; until one does, the message itself says enough.
  if (message.role === 'buyer') return { ...room, messages, typing: false, waitingSince: room.waitingSince ?? message.at };
  return { ...room, messages, waitingSince: undefined };
}

export function withState(room: RoomState, state: ChatState): RoomState {
  if (state.lastSeq < room.stateSeq || (room.status === 'ended' && state.status !== 'ended')) return room;
  return {
    ...room,
    status: state.status,
    outcome: state.outcome,
    typing: state.typing,
    waitingSince: state.waitingSince,
    stateSeq: state.lastSeq,
  };
}

export function withSnapshot(room: RoomState, chat: Chat): RoomState {
  const merged = chat.messages.reduce(withMessage, room);
  return withState(merged, {
    status: chat.status,
    outcome: chat.outcome,
    typing: chat.typing,
    waitingSince: chat.waitingSince,
    lastSeq: lastSeq(chat.messages),
  });
}
