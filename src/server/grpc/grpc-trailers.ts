import { RPC_CODES, statusAnswer } from '../http/otlp-answer.ts';
import type { Problem } from '../http/problem.ts';
import { bytesField, integerField } from '../http/protobuf-field.ts';

/** Headers at the end of a call, which say how it ended. */
type GrpcTrailers = Readonly<Record<string, string>>;

export const OK_TRAILERS: GrpcTrailers = { 'grpc-status': '0' };

/**
 * Trailers of a call that failed. When it may be sent again, they say after how many seconds, in both places where
 * clients of OTLP look: the details of the status, and `google.rpc.retryinfo-bin`.
 */
export function failedTrailers({ status, detail, retryAfter }: Problem): GrpcTrailers {
  const code = status === 415 ? UNIMPLEMENTED : (RPC_CODES[status] ?? INTERNAL);
  const message = detail.slice(0, 1000);
  const trailers = { 'grpc-status': String(code), 'grpc-message': percentEncoded(message) };
  if (retryAfter === undefined) return trailers;
  // google.rpc.RetryInfo: field 1 is a duration, whose field 1 counts seconds.
  const retry = bytesField(1, integerField(1, retryAfter));
  const detailOfRetry = bytesField(
    3,
    bytesField(1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo')),
    bytesField(2, retry),
  );
  return {
    ...trailers,
    'grpc-status-details-bin': base64(statusAnswer(code, message, 'protobuf', detailOfRetry)),
    'google.rpc.retryinfo-bin': base64(retry),
  };
}

/** What gRPC says about a method or a compression that a server does not know. */
const UNIMPLEMENTED = 12;
const INTERNAL = 13;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Headers are ASCII: every other byte, and the percent sign, as `%XX`. */
const percentEncoded = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
