import { describe, expect, it } from 'vitest';
import { find, move, type Item } from './find';

const items: Item[] = [
  { id: 'records', group: 'places', title: '我的记录' },
  { id: 'hall', group: 'places', title: '练习场' },
  { id: 'S16', group: 'scenarios', title: '物流停滞三天', note: 'S16', words: '急躁 京东' },
  { id: 'S01', group: 'scenarios', title: '第一次网购', note: 'S01' },
  { id: 'en', group: 'places', title: 'Practice hall' },
];
const ids = (words: string) => find(items, words).map((item) => item.id);

describe('find', () => {
  it('gives everything in its order without words', () => {
    expect(ids('  ')).toEqual(items.map((item) => item.id));
  });

  it('finds by a part of the title, by the id in any case and by words that do not show', () => {
    expect([ids('停滞'), ids('s16'), ids('京东 物流')]).toEqual([['S16'], ['S16'], ['S16']]);
  });

  it('puts the exact before the loose', () => {
    expect(find([{ id: 'b', group: 'places', title: '网店练习场' }, ...items], '练习').map((item) => item.id)).toEqual(['hall', 'b']);
  });

  it('follows letters with gaps in their order only', () => {
    expect([ids('pthl'), ids('llhp')]).toEqual([['en'], []]);
  });
});

describe('move', () => {
  it('goes round at both ends and stays out of other keys', () => {
    expect([move('ArrowDown', 2, 3), move('ArrowUp', 0, 3), move('a', 1, 3), move('ArrowDown', 0, 0)]).toEqual([0, 2, undefined, undefined]);
  });
});
