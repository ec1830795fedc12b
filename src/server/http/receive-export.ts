import { type Received, receiveOtlp } from '../../collect/receive.ts';
import type { ServerContext } from '../server-context.ts';
import {
  exportAnswer,
  type OtlpEncoding,
  type OtlpSignal,
  type PartialSuccess,
} from './otlp-answer.ts';
import { RequestError } from './problem.ts';
import { type Receipt, type ReceivingRequest, receiveRequest } from './receive-request.ts';

/**
 * Takes an export of OpenTelemetry, whatever brought it, and returns the `Export…ServiceResponse`, in the encoding of the
 * request. Throws what `receiveRequest` throws.
 */
export async function receiveExport(
  context: ServerContext,
  request: ReceivingRequest,
  signal: OtlpSignal,
  encoding: OtlpEncoding,
): Promise<Uint8Array<ArrayBuffer>> {
  const receipt = await receiveRequest(context, request, `otlp-${encoding}`, (body) =>
    signal === 'metrics' ? NOTHING : decoded(body, encoding),
  );
  return exportAnswer(signal, partialOf(receipt), encoding);
}

/** Metrics are taken and not kept. */
const NOTHING: Received = { records: [], problems: [] };

/** Throws RequestError for a body of which nothing can be read. */
function decoded(body: Uint8Array, encoding: OtlpEncoding): Received {
  const received = receiveOtlp(body, encoding);
  const [problem] = received.problems;
  if (problem !== undefined && received.records.length === 0)
    throw new RequestError({ status: 400, code: problem.code, detail: problem.message });
  return received;
}

function partialOf({ received, accepted }: Receipt): PartialSuccess | null {
  const { problems } = received;
  const ignored = accepted.ignoredLogs;
  if (problems.length > 0)
    return {
      rejected: problems.reduce((sum, { count }) => sum + count, 0),
      message: problems.map(({ message }) => message).join('; '),
    };
  return ignored === 0
    ? null
    : { rejected: 0, message: `${ignored} log records are not about a run and were not kept` };
}
