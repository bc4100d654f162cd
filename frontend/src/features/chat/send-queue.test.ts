import { describe, expect, it } from 'vitest';
import { ConnectionFault, ProblemFault } from '../../shared/api/fault';
import { SendQueue, type Outgoing } from './send-queue';

const refusal = new ProblemFault({ type: 'urn:x', title: 't', status: 422, code: 'refused', detail: 'd', instance: 'i' });

/** A server that stores each id once and answers only when the test says so; a clock that moves only by hand. */
function setup(kept: Outgoing[] = []) {
  const stored: string[] = [];
  const tries: Outgoing[] = [];
  const answers: { ok: () => void; fail: (fault: unknown) => void }[] = [];
  const acks: string[] = [];
  const saved: (readonly Outgoing[])[] = [];
  const timers: { work: () => void; wait: number; live: boolean }[] = [];
  const queue = new SendQueue<string>(
    {
      send: (line) => {
        tries.push(line);
        return new Promise((resolve, reject) => {
          answers.push({
            ok: () => {
              if (!stored.includes(line.clientMessageId)) stored.push(line.clientMessageId);
              resolve(line.clientMessageId);
            },
            fail: reject,
          });
        });
      },
      onAck: (ack) => acks.push(ack),
      onChange: (lines) => saved.push(lines),
      later: (work, wait) => {
        const timer = { work, wait, live: true };
        timers.push(timer);
        return () => {
          timer.live = false;
        };
      },
    },
    kept,
  );
  const settle = async (index: number, how: 'ok' | unknown) => {
    const answer = answers[index];
    if (!answer) throw new Error(`no try number ${index}`);
    if (how === 'ok') answer.ok();
    else answer.fail(how);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  const fire = () => {
    for (const timer of timers.splice(0)) if (timer.live) timer.work();
  };
  const add = (id: string) => queue.add({ clientMessageId: id, text: id, lastSeenSeq: 1, writtenAt: 0 });
  return { queue, stored, tries, acks, saved, timers, settle, fire, add };
}

const ids = (lines: readonly Outgoing[]) => lines.map((line) => line.clientMessageId);

describe('SendQueue', () => {
  it('sends one line at a time, in the order written', async () => {
    const { tries, settle, acks, add } = setup();
    add('a');
    add('b');
    expect(ids(tries)).toEqual(['a']);
    await settle(0, 'ok');
    expect(ids(tries)).toEqual(['a', 'b']);
    await settle(1, 'ok');
    expect(acks).toEqual(['a', 'b']);
  });

  it('tries a line again under the same id with the same content, and keeps the ones behind it waiting', async () => {
    const { queue, tries, settle, fire, stored, add } = setup();
    add('a');
    add('b');
    await settle(0, new ConnectionFault(undefined));
    expect(queue.pending.map((line) => line.state)).toEqual(['waiting', 'waiting']);
    fire();
    expect(ids(tries)).toEqual(['a', 'a']);
    expect(tries[1]).toMatchObject({ text: 'a', lastSeenSeq: 1 });
    await settle(1, 'ok');
    await settle(2, 'ok');
    expect(stored).toEqual(['a', 'b']);
    expect(queue.pending).toEqual([]);
  });

  it('waits longer after each failure and goes back to short waits after a success', async () => {
    const { settle, fire, timers, add } = setup();
    const waits: number[] = [];
    add('a');
    for (let i = 0; i < 6; i++) {
      await settle(i, new ConnectionFault(undefined));
      waits.push(timers[0]?.wait ?? -1);
      fire();
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
    await settle(6, 'ok');
    add('b');
    await settle(7, new ConnectionFault(undefined));
    expect(timers[0]?.wait).toBe(1000);
  });

  it('does not start a second try while one is under way, whoever asks', async () => {
    const { queue, tries, add } = setup();
    add('a');
    queue.resume();
    queue.retry('a');
    queue.resume();
    expect(ids(tries)).toEqual(['a']);
  });

  it('goes at once when the connection is back, and the old timer does not fire after that', async () => {
    const { queue, tries, settle, fire, add } = setup();
    add('a');
    await settle(0, new ConnectionFault(undefined));
    queue.resume();
    fire();
    expect(ids(tries)).toEqual(['a', 'a']);
  });

  it('drops a line that was seen stored before its answer came, and survives the late answer', async () => {
    const { queue, tries, settle, acks, add } = setup();
    add('a');
    add('b');
    queue.confirm('a');
    expect(ids(queue.pending)).toEqual(['b']);
    await settle(0, new ConnectionFault(undefined));
    expect(ids(queue.pending)).toEqual(['b']);
    queue.resume();
    expect(ids(tries)).toEqual(['a', 'b']);
    await settle(1, 'ok');
    expect(acks).toEqual(['b']);
  });

  it('marks a refused line failed and lets the next one go', async () => {
    const { queue, tries, settle, add } = setup();
    add('a');
    add('b');
    await settle(0, refusal);
    expect(queue.pending.map((line) => [line.clientMessageId, line.state])).toEqual([
      ['a', 'failed'],
      ['b', 'sending'],
    ]);
    expect(ids(tries)).toEqual(['a', 'b']);
  });

  it('sends a failed line again when asked, behind what still waits', async () => {
    const { queue, tries, settle, stored, add } = setup();
    add('a');
    await settle(0, refusal);
    add('b');
    add('c');
    queue.retry('a');
    await settle(1, 'ok');
    await settle(2, 'ok');
    await settle(3, 'ok');
    expect(ids(tries)).toEqual(['a', 'b', 'c', 'a']);
    expect(stored).toEqual(['b', 'c', 'a']);
  });

  it('forgets a failed line when told, never one under way', async () => {
    const { queue, settle, add } = setup();
    add('a');
    queue.discard('a');
    expect(ids(queue.pending)).toEqual(['a']);
    await settle(0, refusal);
    queue.discard('a');
    expect(queue.pending).toEqual([]);
  });

  it('sends again after a reload what was under way, under its old id', () => {
    const line: Outgoing = { clientMessageId: 'a', text: 'a', lastSeenSeq: 3, writtenAt: 0, state: 'sending' };
    const { queue, tries } = setup([line]);
    queue.resume();
    expect(tries).toMatchObject([{ clientMessageId: 'a', lastSeenSeq: 3 }]);
  });

  it('sends nothing after it was stopped', async () => {
    const { queue, tries, settle, fire, add } = setup();
    add('a');
    queue.stop();
    await settle(0, new ConnectionFault(undefined));
    fire();
    add('b');
    expect(ids(tries)).toEqual(['a']);
  });
});
