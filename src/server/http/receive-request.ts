import type { IncomingMessage } from 'node:http';
import type { Received } from '../../collect/receive.ts';
import type { Accepted } from '../ingest/ingest.ts';
import type { ServerContext } from '../server-context.ts';
import { type BodyRefusal, isRefusal } from './body.ts';
import { RequestError } from './problem.ts';

/** A request that brought records, after they became durable. */
export interface Receipt {
  readonly accepted: Accepted;
  readonly received: Received;
}

export interface ReceivingRequest {
  readonly project: string;
  readonly incoming: IncomingMessage;
}

/**
 * Reads a body, makes its records durable, and counts them. Throws RequestError for a body that cannot be read at
 * all and for too much at once, and what the store throws.
 */
export async function receiveRequest(
  { bodies, ingest, projects, metrics }: ServerContext,
  { project, incoming }: ReceivingRequest,
  format: string,
  read: (body: Uint8Array) => Received,
): Promise<Receipt> {
  const { redact, keepDays } = await projects.of(project);
  const receipt = await bodies.withBody(incoming, async (body): Promise<Receipt> => {
    const received = read(body);
    for (const { code, count } of received.problems) metrics.rejected(code, count);
    const { records } = received;
    const accepted = await ingest.accept({ project, format, records, redact, keepDays });
    metrics.received('span', accepted.spans);
    metrics.received('log', accepted.logs);
    metrics.received('score', accepted.scores);
    metrics.rejected('ignored_log', accepted.ignoredLogs);
    const { refused } = accepted;
    if (refused === null) return { accepted, received };
    metrics.rejected('refused_row', refused.count);
    const { count, message } = refused;
    const problems = [...received.problems, { code: 'refused_row', message, count }];
    return { accepted, received: { records, problems } };
  });
  if (isRefusal(receipt)) {
    metrics.rejected(receipt.code, 1);
    throw refused(receipt);
  }
  return receipt;
}

function refused({ status, code, message }: BodyRefusal): RequestError {
  return new RequestError({
    ...{ status, code, detail: message },
    ...(status === 429 && { retryAfter: 1 }),
  });
}
