import { describe, expect, it } from 'vitest';
import { roleOf } from './role';

describe('roleOf', () => {
  it('is the chosen role while it is held', () => {
    expect(roleOf(['trainee', 'hr'], 'hr')).toBe('hr');
  });

  it('is the first one held when the choice was taken away or is no role', () => {
    expect([roleOf(['hr', 'supervisor'], 'admin'), roleOf(['hr', 'supervisor'], 'captain'), roleOf(['admin'], undefined)]).toEqual(['supervisor', 'supervisor', 'admin']);
  });

  it('begins with the duty of a person who also practises', () => {
    expect(roleOf(['trainee', 'supervisor'], undefined)).toBe('supervisor');
  });

  it('is nothing for a person without a role', () => {
    expect(roleOf([], 'hr')).toBeUndefined();
  });
});
