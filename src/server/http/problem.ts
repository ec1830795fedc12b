import { CulpritError, type ErrorCode } from '../../contract/culprit-error.ts';

/** A fault as RFC 9457 describes it: `application/problem+json`. */
export interface Problem {
  /** HTTP status. */
  readonly status: number;
  /** Stable word. */
  readonly code: string;
  /** What failed, on what, and what to do. */
  readonly detail: string;
  /** Seconds after which the same request may be sent again. */
  readonly retryAfter?: number;
}

/** Thrown by whatever answers a request. */
export class RequestError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'RequestError';
    this.problem = problem;
  }
}

/** @param extension Members of its own. */
export function problemResponse(
  { retryAfter, ...problem }: Problem,
  extension: Readonly<Record<string, unknown>> = {},
): Response {
  return new Response(
    JSON.stringify({
      type: 'about:blank',
      title: TITLES[problem.status] ?? 'Error',
      ...problem,
      ...extension,
    }),
    {
      status: problem.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      },
    },
  );
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'No valid key',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported type',
  421: 'Wrong host',
  422: 'Not usable',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** What a fault means to the client. A fault of the store is never 500: clients do not send again what met a 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RequestError) return error.problem;
  if (!(error instanceof CulpritError))
    return {
      status: 500,
      code: 'internal',
      detail: 'an internal error; see the log of the server',
    };
  const { code, message: detail } = error;
  const status = STATUSES[code] ?? 500;
  return { status, code, detail, ...(RETRY_AFTER[status] && { retryAfter: RETRY_AFTER[status] }) };
}

const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  store_unavailable: 503,
  store_busy: 429,
  store_failed: 503,
  invalid_option: 400,
  invalid_input: 400,
  invalid_suite: 409,
  no_traces: 404,
  empty_input: 404,
  aborted: 503,
};

/** Seconds. */
const RETRY_AFTER: Readonly<Record<number, number>> = { 429: 1, 503: 5 };
