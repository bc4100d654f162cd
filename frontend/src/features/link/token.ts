/** The token of a one-time link's fragment; undefined when the address was cut short on its way here. */
export function tokenOf(hash: string): string | undefined {
  const token = hash.replace(/^#/, '').trim();
  return /^[\w.~+/=-]{20,200}$/.test(token) ? token : undefined;
}
