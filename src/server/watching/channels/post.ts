import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublic, PrivateAddress, publicLookup } from './public-address.ts';

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
}

const TIMEOUT = 10_000;
/** Bytes of an answer that are read. */
const MOST = 2_000;

/**
 * Sends a JSON text by POST. Redirects are not followed: they could lead anywhere. Rejects for every answer but 2xx, and after 10 s.
 */
export function postJson(url: string, body: string, options: PostOptions): Promise<void> {
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (!options.allowPrivate && isIP(host) !== 0 && !isPublic(host))
    return Promise.reject(new PrivateAddress(host, host));
  const send = protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          ...options.headers,
        },
        signal: AbortSignal.timeout(TIMEOUT),
        ...(options.allowPrivate ? {} : { lookup: publicLookup }),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
          if (text.length > MOST) response.destroy();
        });
        response.on('close', () => {
          if (status >= 200 && status < 300) resolve();
          else reject(new Error(`${host} answered ${status}: ${text.slice(0, 200).trim()}`));
        });
        response.on('error', () => {});
      },
    );
    request.on('error', (error) => reject(timedOut(error, host)));
    request.end(body);
  });
}

const timedOut = (error: Error, host: string): Error =>
  error.name === 'AbortError' || error.name === 'TimeoutError'
    ? new Error(`${host} gave no answer for ${TIMEOUT / 1000} s`, { cause: error })
    : error;
