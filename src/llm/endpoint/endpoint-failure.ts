import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import { retryAfter } from './retry-after.ts';

/** A request without a usable answer. */
export interface EndpointFailure {
  readonly url: string;
  readonly model: string;
  /** HTTP status; null if there was no answer or the answer was unusable. */
  readonly status: number | null;
  /** The message of the endpoint or the network, on one line. */
  readonly detail: string;
  readonly retryable: boolean;
  /** From Retry-After; null if absent. */
  readonly retryAfterMs: number | null;
  readonly cause: unknown;
}

const callError = z.object({
  message: z.string(),
  statusCode: z.number().optional(),
  responseBody: z.string().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  isRetryable: z.boolean().optional(),
});

/** Converts an error of the client library. `now` turns a Retry-After date into milliseconds; `secrets` are never shown. */
export function endpointFailure(
  error: unknown,
  request: { readonly url: string; readonly model: string },
  now: number,
  secrets: readonly string[],
): EndpointFailure {
  const { data } = callError.safeParse(error);
  const status = data?.statusCode ?? null;
  const answered = status !== null && status >= 200 && status < 300;
  // A complete answer has a body; without one, the connection broke.
  const broken = answered && data?.responseBody === undefined;
  const message = withoutSecrets(detailOf(data, error), secrets);
  return {
    ...request,
    status: answered ? null : status,
    detail: oneLine(
      broken
        ? 'the connection broke before the end of its answer'
        : answered
          ? `its answer is unusable: ${message}`
          : message,
    ),
    retryable:
      broken ||
      (!answered && (data?.isRetryable ?? false) && !QUOTA.test(data?.responseBody ?? '')),
    retryAfterMs: retryAfter((name) => data?.responseHeaders?.[name], now),
    cause: error,
  };
}

/** A used-up quota: status 429, but retrying in a minute does not help. */
const QUOTA = /insufficient_quota|insufficient (?:credits|balance)/i;

/** The text with keys taken out. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce(
    (left, secret) => (secret.length < SHORTEST_SECRET ? left : left.replaceAll(secret, '[key]')),
    text,
  );

/** Shorter keys (`none`, `x`) are placeholders for no key. */
const SHORTEST_SECRET = 6;

/** The failure for a complete answer with the wrong content. */
export function unusableAnswer(
  request: { readonly url: string; readonly model: string },
  detail: string,
): EndpointFailure {
  return {
    ...request,
    status: null,
    detail: `its answer is unusable: ${detail}`,
    retryable: false,
    retryAfterMs: null,
    cause: null,
  };
}

/** Whether a failure means that the text exceeds the model's limit; endpoints word this in many ways. */
export function saysTooLong(failure: EndpointFailure): boolean {
  if (failure.status === 413) return true;
  if (failure.status !== 400 && failure.status !== 422) return false;
  return /too long|too large|context length|token limit|max\w* (?:input|sequence|\w{0,20} ?tokens)|must have less than \d+ tokens/i.test(
    failure.detail,
  );
}

/** The work requested from an endpoint, as worded in errors. */
export interface EndpointWork {
  readonly code: 'embedder_failed' | 'judge_failed';
  /** The start of the sentence. */
  readonly doing: string;
  /** The kind of endpoint that the address should be. */
  readonly kind: string;
}

export const EMBEDDING: EndpointWork = {
  code: 'embedder_failed',
  doing: 'Embedding',
  kind: 'embeddings',
};

export const JUDGING: EndpointWork = {
  code: 'judge_failed',
  doing: 'Judging',
  kind: 'chat completions',
};

/** The error that ends a run: what failed, where, the endpoint's message, and what to do. */
export function endpointError(
  failure: EndpointFailure,
  attempts: number,
  work: EndpointWork,
): CulpritError {
  const what =
    failure.status === null ? failure.detail : `status ${failure.status}: ${failure.detail}`;
  const tried = attempts > 1 ? ` after ${attempts} attempts` : '';
  return new CulpritError(
    work.code,
    `${work.doing} with ${failure.model} at ${failure.url} failed${tried} (${what}). ${advice(failure, work)}`,
    { cause: failure.cause },
  );
}

function advice(
  { status, retryable, model, cause }: EndpointFailure,
  { kind }: EndpointWork,
): string {
  if (status === 429 && !retryable)
    return 'Check the quota and billing of the account behind the key.';
  if (status === 401 || status === 403) return 'Check the API key.';
  if (status === 404) return `Check the base URL and that the endpoint serves ${model}.`;
  if (status === 429) return 'Lower the rate of requests, or try again later.';
  if (status !== null && status >= 500) return 'The endpoint has a problem; try again later.';
  if (status !== null) return 'Check the model name and what the endpoint accepts.';
  if (retryable) return 'Check the base URL and that the server is running.';
  // Without a client error, the endpoint answered, but not as requested.
  if (kind === JUDGING.kind && cause === null)
    return `Try another model: ${model} does not answer in the requested format.`;
  return `Check that the address is an OpenAI-compatible ${kind} endpoint.`;
}

function detailOf(data: z.infer<typeof callError> | undefined, error: unknown): string {
  const message = data?.message ?? String(error);
  const body = data?.responseBody ?? '';
  return body === '' || body.includes(message) ? message : `${message}: ${body}`;
}

const DETAIL_LIMIT = 300;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, DETAIL_LIMIT);
