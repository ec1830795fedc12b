import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';

/** A request that gave no usable answer. */
export interface EndpointFailure {
  readonly url: string;
  readonly model: string;
  /** HTTP status; null when no answer came or the answer could not be used. */
  readonly status: number | null;
  /** What the endpoint or the network said, one line. */
  readonly detail: string;
  readonly retryable: boolean;
  /** From Retry-After, null when not given. */
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

/** Reads an error of the client library. `now` turns a Retry-After date into milliseconds; `secret` is never shown. */
export function endpointFailure(
  error: unknown,
  request: { readonly url: string; readonly model: string },
  now: number,
  secret: string | null,
): EndpointFailure {
  const { data } = callError.safeParse(error);
  const status = data?.statusCode ?? null;
  const answered = status !== null && status >= 200 && status < 300;
  // An answer that was read in full has a body; without one the connection broke.
  const broken = answered && data?.responseBody === undefined;
  const said = withoutSecret(detailOf(data, error), secret);
  return {
    ...request,
    status: answered ? null : status,
    detail: oneLine(
      broken
        ? 'the connection broke before the end of its answer'
        : answered
          ? `its answer is not usable: ${said}`
          : said,
    ),
    retryable:
      broken ||
      (!answered && (data?.isRetryable ?? false) && !QUOTA.test(data?.responseBody ?? '')),
    retryAfterMs: retryAfter(data?.responseHeaders, now),
    cause: error,
  };
}

/** Nothing that goes away by waiting a minute, though the status is 429. */
const QUOTA = /insufficient_quota|insufficient (?:credits|balance)/i;

const withoutSecret = (text: string, secret: string | null): string =>
  secret === null || secret.length < SHORTEST_SECRET ? text : text.replaceAll(secret, '[key]');

/** Shorter ones (`none`, `x`) are stand-ins for no key. */
const SHORTEST_SECRET = 6;

/** An answer that arrived but says something else than was asked. */
export function unusableAnswer(
  request: { readonly url: string; readonly model: string },
  detail: string,
): EndpointFailure {
  return {
    ...request,
    status: null,
    detail: `its answer is not usable: ${detail}`,
    retryable: false,
    retryAfterMs: null,
    cause: null,
  };
}

/** True for the many ways in which endpoints say that a text is longer than the model reads. */
export function saysTooLong(failure: EndpointFailure): boolean {
  if (failure.status === 413) return true;
  if (failure.status !== 400 && failure.status !== 422) return false;
  return /too long|too large|context length|token limit|max\w* (?:input|sequence|\w{0,20} ?tokens)|must have less than \d+ tokens/i.test(
    failure.detail,
  );
}

/** What was asked of an endpoint, as its errors say it. */
export interface EndpointWork {
  readonly code: 'embedder_failed' | 'judge_failed';
  /** How the sentence begins. */
  readonly doing: string;
  /** What the address should be. */
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

/** The end of a run: what failed, where, what the endpoint said, what to do. */
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
  if (status !== null && status >= 500) return 'The endpoint is in trouble; try again later.';
  if (status !== null) return 'Check the model name and what the endpoint accepts.';
  if (retryable) return 'Check the base URL and that the server runs.';
  // Without an error of the client the endpoint did answer, only not what was asked.
  if (kind === JUDGING.kind && cause === null)
    return `Try another model: ${model} does not answer in the form asked for.`;
  return `Check that the address is an OpenAI-compatible ${kind} endpoint.`;
}

function detailOf(data: z.infer<typeof callError> | undefined, error: unknown): string {
  const message = data?.message ?? String(error);
  const body = data?.responseBody ?? '';
  return body === '' || body.includes(message) ? message : `${message}: ${body}`;
}

const DETAIL_LIMIT = 300;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, DETAIL_LIMIT);

function retryAfter(
  headers: Readonly<Record<string, string>> | undefined,
  now: number,
): number | null {
  const milliseconds = Number.parseFloat(headers?.['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return milliseconds;
  const header = headers?.['retry-after'];
  if (header === undefined) return null;
  if (/^\d+(?:\.\d+)?$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
