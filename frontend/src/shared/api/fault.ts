import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

/** A refusal of the server: the problem document as it came, already in the reader's language. */
export class ProblemFault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemFault';
  }
}

/** No usable answer: the network is down, or something between here and the server answered instead of it. */
export class ConnectionFault extends Error {
  constructor(
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super('no usable answer from the server', options);
    this.name = 'ConnectionFault';
  }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'title' in value;
}

/** Whether sending the same request again may succeed without the person changing anything. */
export function mayPass(fault: unknown): boolean {
  if (fault instanceof ProblemFault) return fault.problem.status >= 500 || fault.problem.status === 429;
  return fault instanceof ConnectionFault;
}

export function statusOf(fault: unknown): number | undefined {
  if (fault instanceof ProblemFault) return fault.problem.status;
  if (fault instanceof ConnectionFault) return fault.status;
  return undefined;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Gives the data of an answer, or throws a ProblemFault or a ConnectionFault. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  let result: Answer<T>;
  try {
    result = await request;
  } catch (cause) {
    if (cause instanceof ProblemFault || cause instanceof ConnectionFault) throw cause;
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ConnectionFault(undefined, { cause });
  }
  if (result.response.ok) return result.data as T;
  if (isProblem(result.error)) throw new ProblemFault(result.error);
  throw new ConnectionFault(result.response.status);
}
