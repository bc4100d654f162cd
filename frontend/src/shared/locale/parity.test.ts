import { describe, expect, it } from 'vitest';
import en from './en.json';
import zhCN from './zh-CN.json';

function leaves(tree: object, path = ''): [path: string, words: string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value as object, `${path}${key}.`)));
}

const blanks = (words: string) => [...words.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();

describe('locales', () => {
  const chinese = new Map(leaves(zhCN));
  const english = new Map(leaves(en));

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('have words for every key', () => {
    expect([...chinese, ...english].filter(([, words]) => words.trim() === '')).toEqual([]);
  });

  it('fill in the same figures', () => {
    for (const [key, words] of chinese) expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(words)]);
  });

  it('keep a space between Chinese and Latin letters or figures', () => {
    const tight = [...chinese].filter(([, words]) => /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(words.replace(/{{\w+}}/g, '')));
    expect(tight).toEqual([]);
  });

  it('use full-width punctuation in Chinese', () => {
    expect([...chinese].filter(([, words]) => /[\u4e00-\u9fff][,.!?;:]/.test(words))).toEqual([]);
  });
});
