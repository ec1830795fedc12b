import type { ServerContext } from '../server-context.ts';
import {
  exportAnswer,
  type OtlpEncoding,
  type OtlpSignal,
  type PartialSuccess,
} from './otlp-answer.ts';
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
  const kind = signal === 'metrics' ? 'unread' : (`otlp-${encoding}` as const);
  const receipt = await receiveRequest(context, request, { kind });
  return exportAnswer(signal, partialOf(receipt), encoding);
}

function partialOf({ problems, accepted }: Receipt): PartialSuccess | null {
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
