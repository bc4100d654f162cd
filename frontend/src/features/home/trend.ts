import type { ChatSummary } from '../../shared/api/types';

export interface Trend {
  /** Milli-points of scored chats, the oldest first. */
  totals: number[];
  average: number;
  /** The newer half against the older half; undefined with fewer than four chats. */
  change: number | undefined;
}

const mean = (values: readonly number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

/** The way of the last scores. The list comes newest first; chats without a score do not count. */
export function trendOf(chats: readonly ChatSummary[], most = 10): Trend | undefined {
  const totals = chats
    .flatMap((chat) => chat.total ?? [])
    .slice(0, most)
    .reverse();
  if (totals.length === 0) return undefined;
  const half = Math.floor(totals.length / 2);
  return { totals, average: mean(totals), change: totals.length < 4 ? undefined : mean(totals.slice(-half)) - mean(totals.slice(0, half)) };
}
