import { setTimeout as sleep } from 'node:timers/promises';
import { CulpritError } from '../contract/culprit-error.ts';

/** An API that history is read from: only this address is ever asked. */
export interface PulledApi {
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Told when the API wants to be left alone for a while; seconds. */
  readonly onWait: (seconds: number) => void;
}

const ATTEMPTS = 8;
const TIMEOUT_MS = 120_000;
const LONGEST_WAIT = 300;

/**
 * Asks for a page as JSON; null for 404 and 405, where there is no such list. Waits as long as `Retry-After` says after 429 and 503, else twice as long after each failure.
 * @throws CulpritError `invalid_option` for keys that are refused, `store_unavailable` after eight attempts.
 */
export async function askApi(api: PulledApi, path: string, body?: object): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const { status, wait, value } = await askOnce(api, path, body);
    if (status === 404 || status === 405) return null;
    if (status > 0 && status < 300) return value;
    if (status > 0 && status < 400)
      throw new CulpritError('invalid_option', `${api.url} points to another address: name that`);
    if (status === 401 || status === 403)
      throw new CulpritError('invalid_option', `${api.url} refuses the keys (${status})`);
    const isPassing = status === 0 || status === 429 || status >= 500;
    if (!isPassing || attempt === ATTEMPTS)
      throw new CulpritError(
        isPassing ? 'store_unavailable' : 'invalid_input',
        `${api.url}${path.split('?')[0]} answers ${status || 'nothing'}; the import goes on from here when it is run again`,
      );
    const seconds = Math.min(wait ?? 2 ** (attempt - 1), LONGEST_WAIT);
    api.onWait(seconds);
    await sleep(seconds * 1000);
  }
}

interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  /** Seconds. */
  readonly wait: number | null;
  readonly value: unknown;
}

async function askOnce(api: PulledApi, path: string, body: object | undefined): Promise<Answer> {
  try {
    const answer = await fetch(`${api.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...api.headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Another address is one that nobody named.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const value: unknown = answer.ok ? await answer.json() : await answer.text();
    return { status: answer.status, wait: waitIn(answer.headers.get('retry-after')), value };
  } catch {
    return { status: 0, wait: null, value: null };
  }
}

/** Seconds, or a date. */
function waitIn(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
