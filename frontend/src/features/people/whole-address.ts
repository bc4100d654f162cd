/** An address on this server as it can be sent to someone. */
export function wholeAddress(path: string): string {
  return new URL(path, window.location.origin).href;
}
