import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CulpritError, type ErrorCode } from '../contract/culprit-error.ts';
import { isRecord } from '../text/json.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { ServerAddress } from './server-address.ts';

export interface ServerQuestion {
  readonly method?: string;
  /** Below `/api/v1`, with its query. */
  readonly path: string;
  /** Bytes of a file. */
  readonly body?: AsyncIterable<Uint8Array>;
  readonly json?: unknown;
}

/** A refusal that the server explains. */
export class ServerRefusal extends Error {
  readonly status: number;
  /** `application/problem+json`. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    super(String(problem['detail'] ?? `the server answered ${status}`));
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Asks a server of Culprit, and waits for as long as it takes: an import is answered when all of it is stored.
 * @throws ServerRefusal; CulpritError `store_unavailable` where nobody answers.
 */
export async function askServer(
  address: ServerAddress,
  question: ServerQuestion,
): Promise<IncomingMessage> {
  const answer = await sent(address, question);
  const { statusCode = 0 } = answer;
  if (statusCode < 400) return answer;
  throw new ServerRefusal(statusCode, problemIn(await textOf(answer)));
}

/** The answer as JSON. Throws what `askServer` throws. */
export async function askForJson(
  address: ServerAddress,
  question: ServerQuestion,
): Promise<unknown> {
  const text = await textOf(await askServer(address, question));
  return text === '' ? null : JSON.parse(text);
}

/** A refusal as an error of the command line. */
export function asCulpritError(error: unknown): unknown {
  if (!(error instanceof ServerRefusal)) return error;
  const { status, problem } = error;
  if (problem['code'] === 'no_valid_key' || problem['code'] === 'scope_missing')
    return new CulpritError('invalid_option', `${error.message}: set CULPRIT_API_KEY`);
  if (status === 403) return new CulpritError('invalid_option', error.message);
  const code = KNOWN.has(String(problem['code'])) ? (problem['code'] as ErrorCode) : CODES[status];
  return new CulpritError(code ?? 'invalid_input', error.message, { cause: error });
}

const KNOWN: ReadonlySet<string> = new Set(EXIT_CODES.flatMap(({ errors }) => errors));
const CODES: Readonly<Record<number, ErrorCode>> = {
  429: 'store_busy',
  500: 'store_failed',
  503: 'store_unavailable',
};

function sent(
  { url, headers }: ServerAddress,
  { method = 'GET', path, body, json }: ServerQuestion,
): Promise<IncomingMessage> {
  const target = new URL(`${url}/api/v1${path}`);
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/octet-stream' }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
    });
    let isAnswered = false;
    outgoing.on('response', (answer) => {
      isAnswered = true;
      resolve(answer);
    });
    outgoing.on('error', (cause) => reject(unreachable(url, cause)));
    if (body === undefined) outgoing.end(json === undefined ? undefined : JSON.stringify(json));
    else
      pipeline(Readable.from(body), outgoing).catch((error: unknown) => {
        // A server that refuses may do so before it has read everything.
        if (!isAnswered) reject(error instanceof CulpritError ? error : unreachable(url, error));
      });
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function problemIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : { detail: text.slice(0, 200) };
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

const unreachable = (url: string, cause: unknown): CulpritError =>
  new CulpritError(
    'store_unavailable',
    `no answer from ${url} (${(cause as NodeJS.ErrnoException).code ?? cause}): start it with culprit serve, or name another`,
    { cause },
  );
