import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/api/types';
import { withMessage, withState, type RoomState } from './room-state';

const message = (seq: number, role: Message['role'], rest: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  role,
  text: `${seq}`,
  at: `2026-11-22T06:00:0${seq}Z`,
  crossed: false,
  ...rest,
});

const empty: RoomState = { messages: [], status: 'active', outcome: undefined, typing: false, waitingSince: undefined, stateSeq: 0 };

describe('withMessage', () => {
  it('keeps messages once and in order, however they arrive', () => {
    const room = [3, 1, 2, 3, 1].map((seq) => message(seq, 'buyer')).reduce(withMessage, empty);
    expect(room.messages.map((one) => one.seq)).toEqual([1, 2, 3]);
  });

  it('takes the newer copy, which may be marked crossed', () => {
    const room = withMessage(withMessage(empty, message(1, 'buyer')), message(1, 'buyer', { crossed: true }));
    expect(room.messages[0]?.crossed).toBe(true);
  });

  it('starts the wait at the first unanswered line and ends it with the reply', () => {
    const waiting = [message(1, 'buyer'), message(2, 'buyer')].reduce(withMessage, empty);
    expect(waiting.waitingSince).toBe('2026-11-22T06:00:01Z');
    expect(withMessage(waiting, message(3, 'agent')).waitingSince).toBeUndefined();
  });

  it('leaves the state alone when a state already speaks of the message', () => {
    const room = withState(empty, { status: 'active', lastSeq: 2, typing: true });
    expect(withMessage(room, message(2, 'buyer')).typing).toBe(true);
  });
});

describe('withState', () => {
  it('ignores a state that is older than what is known', () => {
    const room = withState(empty, { status: 'active', lastSeq: 5, typing: true });
    expect(withState(room, { status: 'active', lastSeq: 4, typing: false })).toBe(room);
  });

  it('never opens an ended chat again', () => {
    const ended = withState(empty, { status: 'ended', outcome: 'solved', lastSeq: 5, typing: false });
    expect(withState(ended, { status: 'active', lastSeq: 6, typing: false }).status).toBe('ended');
  });
});
