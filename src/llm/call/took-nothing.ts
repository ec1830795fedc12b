import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';

/** Statuses by which an endpoint refuses before it does any work. */
const REFUSED: ReadonlySet<number> = new Set([
  400, 401, 402, 403, 404, 413, 421, 422, 429, 503, 529,
]);

/** Whether nothing was charged: it was refused, or nobody was there to hear it. */
export const tookNothing = ({ status, cause }: EndpointFailure): boolean =>
  status === null ? isUnheard(cause) : REFUSED.has(status);

function isUnheard(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || /LoadAPIKey/.test(at.name)) return true;
  }
  return false;
}
