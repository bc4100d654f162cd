import { describe, expect, it } from 'vitest';
import { differences, merge, type Draft } from './draft';

const base: Draft = { name: '林小雨', roles: ['trainee'], teamIds: ['a', 'b'] };

describe('differences', () => {
  it('see no difference in another order', () => {
    expect(differences(base, { ...base, teamIds: ['b', 'a'] })).toEqual([]);
  });

  it('name every field that differs', () => {
    expect(differences(base, { name: '林雨', roles: ['trainee', 'hr'], teamIds: ['a'] })).toEqual(['name', 'roles', 'teamIds']);
  });
});

describe('merge', () => {
  it('takes the newer value where nothing was changed here, and keeps the own change elsewhere', () => {
    const own: Draft = { ...base, name: '林雨' };
    const latest: Draft = { ...base, teamIds: ['c'] };
    expect(merge(base, own, latest)).toEqual({ draft: { name: '林雨', roles: ['trainee'], teamIds: ['c'] }, clashes: [] });
  });

  it('keeps the own value where both changed, and says so', () => {
    const merged = merge(base, { ...base, name: '林雨' }, { ...base, name: '林晓雨' });
    expect(merged).toEqual({ draft: { ...base, name: '林雨' }, clashes: ['name'] });
  });

  it('sees no clash where both made the same change', () => {
    const both: Draft = { ...base, roles: ['trainee', 'supervisor'] };
    expect(merge(base, both, { ...both, roles: ['supervisor', 'trainee'] }).clashes).toEqual([]);
  });
});
