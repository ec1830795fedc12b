/** What a server refused, or could not do. */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Stable word, such as `no_such_trace`; `unknown` where something else than the server answered. */
  readonly code: string;
  /** Seconds after which the same request may be sent again; null: it would be refused again. */
  readonly retryAfter: number | null;

  /** @param body What came with it: a problem of RFC 9457, if the server itself answered. */
  constructor(response: Response, body: string) {
    const { code, detail } = problemIn(response, body);
    super(detail ?? `the server answered ${response.status} ${response.statusText}`.trim());
    this.name = 'ApiError';
    this.status = response.status;
    this.code = code ?? 'unknown';
    const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
    this.retryAfter = Number.isNaN(seconds) ? null : seconds;
  }
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

function problemIn({ headers }: Response, body: string): Problem {
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return {};
  try {
    return JSON.parse(body) as Problem;
  } catch {
    return {};
  }
}
