import { describe, expect, it } from 'vitest';
import { tokenOf } from './token';

describe('tokenOf', () => {
  it('reads the token of the fragment', () => {
    expect(tokenOf('#Zm9vYmFyYmF6cXV4LXF1dXgtcXV1eA')).toBe('Zm9vYmFyYmF6cXV4LXF1dXgtcXV1eA');
  });

  it.each(['', '#', '#short', '#has a space in the middle of it', `#${'a'.repeat(201)}`])('takes %j for a link that was cut short', (hash) => {
    expect(tokenOf(hash)).toBeUndefined();
  });
});
