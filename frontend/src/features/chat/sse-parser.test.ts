import { describe, expect, it } from 'vitest';
import { SseParser, type ServerEvent } from './sse-parser';

function read(...chunks: string[]): ServerEvent[] {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

const stream = ': hello\r\n\r\nid: 3\r\nevent: message\r\ndata: {"text":"您好😊"}\r\n\r\nevent: status\ndata: {"a":1,\ndata: "b":2}\n\n:\n\nevent: end\rdata: {}\r\r';

describe('SseParser', () => {
  it('reads events, comments, ids and several data lines, with any line break', () => {
    expect(read(stream)).toEqual([
      { event: 'message', data: '{"text":"您好😊"}', id: '3' },
      { event: 'status', data: '{"a":1,\n"b":2}', id: '3' },
      { event: 'end', data: '{}', id: '3' },
    ]);
  });

  it('reads the same wherever the stream is cut in two', () => {
    const whole = read(stream);
    for (let at = 0; at <= stream.length; at++) expect(read(stream.slice(0, at), stream.slice(at))).toEqual(whole);
  });

  it('reads the same one character at a time', () => {
    expect(read(...stream)).toEqual(read(stream));
  });

  it('holds an event back until its blank line has come', () => {
    expect(read('data: a\n')).toEqual([]);
    expect(read('data: a\n', '\n')).toHaveLength(1);
  });

  it('gives nothing for an event without data, and forgets its name', () => {
    expect(read('event: status\n\ndata: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '' }]);
  });

  it('takes one space after the colon and no more', () => {
    expect(read('data:  two\n\ndata:none\n\n').map((event) => event.data)).toEqual([' two', 'none']);
  });

  it('drops a byte order mark at the very beginning only', () => {
    expect(read('\uFEFFdata: a\n\n')).toHaveLength(1);
  });
});
