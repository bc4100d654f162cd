import { describe, expect, it } from 'vitest';
import { cut } from './spans';

const span = (id: string, start: number, end: number) => ({ id, start, end });
const shape = (text: string, spans: ReturnType<typeof span>[]) => cut(text, spans).map((piece) => [piece.text, piece.spans.map((one) => one.id).join('')]);

describe('cut', () => {
  it('leaves a text without spans whole', () => {
    expect(shape('您好', [])).toEqual([['您好', '']]);
  });

  it('gives nothing for an empty text', () => {
    expect(shape('', [span('a', 0, 3)])).toEqual([]);
  });

  it('counts code points, so that an emoji before a span does not move it', () => {
    expect(shape('好😊您别急', [span('a', 2, 5)])).toEqual([
      ['好😊', ''],
      ['您别急', 'a'],
    ]);
  });

  it('never cuts a surrogate pair in two', () => {
    expect(shape('😊😊😊', [span('a', 1, 2)])).toEqual([
      ['😊', ''],
      ['😊', 'a'],
      ['😊', ''],
    ]);
  });

  it('counts each code point of a joined emoji, as the server does', () => {
    // Woman, joiner, laptop: three code points, one picture.
    expect(shape('👩‍💻好', [span('a', 3, 4)])).toEqual([
      ['👩‍💻', ''],
      ['好', 'a'],
    ]);
  });

  it('cuts overlapping spans into pieces that know all their spans', () => {
    expect(shape('abcdef', [span('x', 0, 4), span('y', 2, 6)])).toEqual([
      ['ab', 'x'],
      ['cd', 'xy'],
      ['ef', 'y'],
    ]);
  });

  it('shows a nested span inside its outer one, and the sign of each only where it begins', () => {
    const pieces = cut('abcdef', [span('outer', 0, 6), span('inner', 2, 4)]);
    expect(pieces.map((piece) => piece.starting.map((one) => one.id))).toEqual([['outer'], ['inner'], []]);
  });

  it('pulls borders outside the text in and drops empty spans', () => {
    expect(shape('abc', [span('a', -2, 2), span('b', 2, 99), span('c', 1, 1), span('d', 5, 9)])).toEqual([
      ['ab', 'a'],
      ['c', 'b'],
    ]);
  });

  it('joins to the text again, whatever the spans', () => {
    const text = '您好😀，催也没用👩‍💻。';
    const length = Array.from(text).length;
    for (let start = -1; start <= length; start++) {
      for (let end = start; end <= length + 1; end++) {
        const pieces = cut(text, [span('a', start, end), span('b', 2, 7)]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }
    }
  });
});
