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
    const { arrival, problems, ids } = await decoders.decode({
      ...{ kind, id, body: bytes, encoding, limit, project, format: kind, redaction, keepDays },
      now: ingest.nextReceived(),
    });
    for (const { code, count } of problems) metrics.rejected(code, count);
    const accepted = await ingest.store({ project, format: kind, keepDays }, arrival);
    metrics.received('span', accepted.spans);
    metrics.received('log', accepted.logs);
    metrics.received('score', accepted.scores);
    metrics.rejected('ignored_log', accepted.ignoredLogs);
    const { refused } = accepted;
    if (refused === null) return { accepted, problems, ids };
    metrics.rejected('refused_row', refused.count);
    const { count, message } = refused;
    return { accepted, problems: [...problems, { code: 'refused_row', message, count }], ids };
  });
  return work.catch((error: unknown) => {
    if (error instanceof RequestError) metrics.rejected(error.problem.code, 1);
    throw error;
  });
}
