/** A half-open stretch of a text, counted in Unicode code points as the server counts. */
export interface Span {
  start: number;
  end: number;
}

export interface Segment<S extends Span> {
  text: string;
  start: number;
  end: number;
  /** The spans that cover this piece, in the order they were given. */
  spans: S[];
  /** The spans of `spans` that begin here: their sign is shown once. */
  starting: S[];
}

/**
 * Cuts a text at every border of its spans, so that overlapping spans become neighbouring pieces. The pieces joined are the
 * text again. Borders outside the text are pulled in, empty spans are dropped.
 */
export function cut<S extends Span>(text: string, spans: readonly S[]): Segment<S>[] {
  const points = Array.from(text);
  const inside = (at: number) => Math.min(Math.max(0, at), points.length);
  const kept = spans.filter((span) => inside(span.start) < inside(span.end));
  const borders = new Set([0, points.length]);
  for (const span of kept) borders.add(inside(span.start)).add(inside(span.end));
  const sorted = [...borders].sort((a, b) => a - b);
  const segments: Segment<S>[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i] ?? 0;
    const end = sorted[i + 1] ?? 0;
    const covering = kept.filter((span) => inside(span.start) <= start && end <= inside(span.end));
    segments.push({
      text: points.slice(start, end).join(''),
      start,
      end,
      spans: covering,
      starting: covering.filter((span) => inside(span.start) === start),
    });
  }
  return segments;
}
