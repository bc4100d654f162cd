export type WaitLevel = 'calm' | 'amber' | 'red';

/** The server's clock minus this machine's, in milliseconds, from one answer and the moment it came. */
export function clockOffset(serverNow: string, receivedAt: number): number {
  return Date.parse(serverNow) - receivedAt;
}

/** Whole seconds the buyer has been waiting on the server's clock; never negative. */
export function waitedSeconds(waitingSince: string, localNow: number, offset: number): number {
  return Math.max(0, Math.floor((localNow + offset - Date.parse(waitingSince)) / 1000));
}

/** Amber at half of the platform's reply target, red at the target. */
export function waitLevel(seconds: number, targetSeconds: number): WaitLevel {
  if (seconds >= targetSeconds) return 'red';
  return seconds * 2 >= targetSeconds ? 'amber' : 'calm';
}
