import { describe, expect, it } from 'vitest';
import { insideApp, urls } from './urls';

describe('insideApp', () => {
  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', null])('sends %s home', (next) => {
    expect(insideApp(next)).toBe('/');
  });

  it('keeps an address of this app with its filters', () => {
    expect(insideApp('/practice?stage=pre')).toBe('/practice?stage=pre');
  });
});

describe('urls', () => {
  it('leave empty filters out and escape what stands in the address', () => {
    expect([urls.hall.to({ stage: '', difficulty: '2' }), urls.chat.to('a/b'), urls.signIn.to('/records?status=ended')]).toEqual([
      '/practice?difficulty=2',
      '/chats/a%2Fb',
      '/sign-in?next=%2Frecords%3Fstatus%3Dended',
    ]);
  });
});
