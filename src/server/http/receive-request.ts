import type { BodyKind } from '../decode/body-readers.ts';
import type { DecodedBody } from '../decode/decoders.ts';
import type { Accepted } from '../ingest/ingest.ts';
import type { ServerContext } from '../server-context.ts';
import type { BodySource } from './body.ts';
import { RequestError } from './problem.ts';

/** A request that brought records, after they became durable. */
export interface Receipt {
  readonly accepted: Accepted;
  readonly problems: DecodedBody['problems'];
  /** See `BODY_READERS`. */
  readonly ids: readonly string[];
  /** See `ReadBody`. */
  readonly refused: DecodedBody['refused'];
}

/** What a request brings, for the project that it may send to. */
export interface ReceivingRequest {
  readonly project: string;
  readonly incoming: BodySource;
}

/**
 * Reads a body, makes its records durable, and counts them. Throws RequestError for a body that cannot be read at
 * all and for too much at once, and what the store throws.
 */
export async function receiveRequest(
  { bodies, decoders, ingest, projects, metrics }: ServerContext,
  { project, incoming }: ReceivingRequest,
  { kind, id = '' }: { readonly kind: BodyKind; readonly id?: string },
): Promise<Receipt> {
  const { redaction, keepDays } = await projects.of(project);
  const work = bodies.withBody(incoming, async ({ bytes, encoding, limit }): Promise<Receipt> => {
    const { arrival, problems, ids, refused } = await decoders.decode({
      ...{ kind, id, body: bytes, encoding, limit, project, format: kind, redaction, keepDays },
      now: ingest.nextReceived(),
    });
    for (const { code, count } of problems) metrics.rejected(code, count);
    const accepted = await ingest.store({ project, format: kind, keepDays }, arrival);
    metrics.received('span', accepted.spans);
    metrics.received('log', accepted.logs);
    metrics.received('score', accepted.scores);
    metrics.rejected('ignored_log', accepted.ignoredLogs);
    const read = { accepted, ids, refused };
    if (accepted.refused === null) return { ...read, problems };
    const { count, message } = accepted.refused;
    metrics.rejected('refused_row', count);
    return { ...read, problems: [...problems, { code: 'refused_row', message, count }] };
  });
  return work.catch((error: unknown) => {
    if (error instanceof RequestError) metrics.rejected(error.problem.code, 1);
    throw error;
  });
}
