import type { Evidence, LessonRef, Scorecard, Violation } from '../../shared/api/types';
import type { Span } from './spans';

export type MarkKind = 'gain' | 'loss';

/** One gain or loss at one place of the transcript, with all that explains it. */
export interface Mark extends Span {
  id: string;
  kind: MarkKind;
  seq: number;
  /** The same for all places of one score line: they are one gain or loss. */
  group: string;
  ref: string;
  title: string;
  /** Signed milli-points; missing for what is noted without points of its own. */
  points: number | undefined;
  /** In how many places the same points were earned or lost; only the first place counts them. */
  places: number;
  first: boolean;
  why: string | undefined;
  better: string[];
  lesson: LessonRef | undefined;
  violation: Violation | undefined;
}

const family = (ref: string) => ref.split('.')[0] ?? ref;
const sameFamily = (a: string, b: string) => family(a) === family(b);
const place = (ref: string, at: Evidence) => `${ref}@${at.seq}:${at.start}-${at.end}`;

/**
 * Gathers the marks of a scorecard. Score lines come first, for they carry the points; violations explain the lines of their
 * sub-rule, and stand alone when no line names their place; then strengths and criteria that no line has named.
 */
export function marksOf(card: Scorecard): Mark[] {
  const marks = new Map<string, Mark>();
  const violations = new Map<string, Violation>();
  for (const violation of card.violations) {
    violations.set(place(violation.subRule, violation.evidence), violation);
    violations.set(place(violation.rule, violation.evidence), violation);
  }

  function add(kind: MarkKind, ref: string, at: Evidence, rest: Partial<Mark> & { title: string }) {
    const key = place(ref, at);
    if (marks.has(key)) return;
    marks.set(key, {
      id: `mark-${marks.size}`,
      kind,
      group: ref,
      ref,
      seq: at.seq,
      start: at.start,
      end: at.end,
      points: undefined,
      places: 1,
      first: true,
      why: undefined,
      better: [],
      lesson: undefined,
      violation: undefined,
      ...rest,
    });
  }

  for (const line of card.lines) {
    if (line.kind !== 'gain' && line.kind !== 'loss') continue;
    for (const [index, at] of line.evidence.entries()) {
      const violation = violations.get(place(line.ref, at));
      add(line.kind, line.ref, at, {
        group: `line ${line.id}`,
        title: line.title,
        points: line.points,
        places: line.evidence.length,
        first: index === 0,
        why: line.why ?? violation?.why,
        better: line.better ? [line.better] : (violation?.better ?? []),
        lesson: line.lesson ?? violation?.lesson,
        violation,
      });
    }
  }
  for (const violation of card.violations) {
    if (marks.has(place(violation.rule, violation.evidence))) continue;
    const { title, why, better, lesson } = violation;
    add('loss', violation.subRule, violation.evidence, { title, why, better, lesson, violation });
  }
  // A strength or a criterion adds a mark only where no line of the same criterion has said so already.
  const named = (ref: string, at: Evidence) =>
    [...marks.values()].some((mark) => sameFamily(mark.ref, ref) && mark.seq === at.seq && mark.start <= at.end && at.start <= mark.end);
  for (const strength of card.strengths) {
    if (!named(strength.ref, strength.evidence)) add('gain', strength.ref, strength.evidence, { title: strength.title });
  }
  for (const criterion of card.criteria) {
    // Level 1 is neither: its evidence is listed with the criterion and not judged in the text.
    if (!criterion.applies || criterion.level === 1) continue;
    for (const at of criterion.evidence) {
      if (named(criterion.id, at)) continue;
      const { title, why, better, lesson } = criterion;
      add(criterion.level >= 2 ? 'gain' : 'loss', criterion.id, at, { title, why, better: better ? [better] : [], lesson });
    }
  }
  return [...marks.values()];
}

/** The marks of one message that the filter shows, in reading order; of two that begin together the longer first. */
export function marksOfMessage(marks: readonly Mark[], seq: number, show: MarkKind | 'all'): Mark[] {
  return marks.filter((mark) => mark.seq === seq && (show === 'all' || mark.kind === show)).sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The marks of each group together, in the order in which the groups begin. */
export function grouped(marks: readonly Mark[]): Mark[][] {
  const groups = new Map<string, Mark[]>();
  for (const mark of marks) groups.set(mark.group, [...(groups.get(mark.group) ?? []), mark]);
  return [...groups.values()];
}

/** Rules and criteria are known by their ids (R11.outcome, A3); the ids of steps and caps say nothing to a reader. */
export function readableRef(ref: string): string | undefined {
  return /^[A-Z]\d/.test(ref) ? ref : undefined;
}
