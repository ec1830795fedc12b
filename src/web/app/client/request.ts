import { isRecord } from '../../../text/json.ts';

/** Why a request was not answered as asked. */
export class RequestFailure extends Error {
  /** HTTP status; 0 where the server did not answer at all. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RequestFailure';
    this.status = status;
    this.code = code;
  }
}

/** Whether asking again may help: the server or a store is away, or busy. */
export const isAway = (error: unknown): boolean =>
  error instanceof RequestFailure && (error.status === 0 || error.status === 429 || error.status === 503);

export interface Asking {
  readonly project: string;
  /** A key, where the server wants one. */
  readonly key: string | null;
}

/**
 * Asks the API of the server that this page came from.
 * @throws RequestFailure for any answer but success, and where there is none.
 */
export async function request<Answer>(
  { project, key }: Asking,
  path: string,
  body?: { readonly method: 'POST' | 'PATCH'; readonly json: unknown },
): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1${path}`, {
      headers: {
        'x-culprit-project': project,
        ...(key !== null && { 'x-api-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: body.method, body: JSON.stringify(body.json) }),
    });
  } catch {
    throw new RequestFailure(0, 'no_answer', 'The server does not answer');
  }
  const given: unknown = await answer.json().catch(() => null);
  if (answer.ok) return given as Answer;
  const { code, detail } = isRecord(given) ? given : {};
  throw new RequestFailure(
    answer.status,
    typeof code === 'string' ? code : 'unknown',
    typeof detail === 'string' ? detail : `The server answered ${answer.status}`,
  );
}
