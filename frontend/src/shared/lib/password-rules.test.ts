import { describe, expect, it } from 'vitest';
import { passwordRules } from './password-rules';

const open = (password: string, login = 'lin') =>
  passwordRules(password, login)
    .filter((rule) => !rule.met)
    .map((rule) => rule.rule);

describe('passwordRules', () => {
  it('leave everything open before the first letter', () => {
    expect(open('')).toEqual(['length', 'login', 'plain']);
  });

  it.each([
    ['warm tea', ['length']],
    ['warm tea at six', []],
    ['春眠不觉晓处处闻啼鸟', []],
    ['😀😀😀😀😀😀😀😀😀😀', ['plain']],
    ['1990-12-31!', ['plain']],
    ['2718281828459045', []],
    ['abcdabcdabcdabc', ['plain']],
  ])('%s leaves %j open', (password, rules) => {
    expect(open(password)).toEqual(rules);
  });

  it('refuse the own login in any case, unless it is too short to matter', () => {
    expect([open('xxWangMing99', 'wangming'), open('linen and oak', 'lin')]).toEqual([['login'], []]);
  });
});
