import { bytesField, integerField, joined } from './protobuf-field.ts';

/** The encodings of OTLP over HTTP; an answer has that of its request. */
export type OtlpEncoding = 'protobuf' | 'json';

export const CONTENT_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** The encoding that a content type names, whatever its parameters; null for any other. */
export function otlpEncoding(contentType: string | undefined): OtlpEncoding | null {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf';
  return type === 'application/json' ? 'json' : null;
}

/** What a request exports. */
export type OtlpSignal = 'traces' | 'logs' | 'metrics';

/** What was not taken, and why; a message without a number is a warning. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** Body of an `Export…ServiceResponse`; null: everything was taken. */
export function exportAnswer(
  signal: OtlpSignal,
  partial: PartialSuccess | null,
  encoding: OtlpEncoding,
): Uint8Array<ArrayBuffer> {
  if (encoding === 'json') {
    const rejected = {
      traces: 'rejectedSpans',
      logs: 'rejectedLogRecords',
      metrics: 'rejectedDataPoints',
    };
    const body =
      partial === null
        ? {}
        : {
            partialSuccess: {
              // 64-bit integers are text in OTLP/JSON.
              ...(partial.rejected > 0 && { [rejected[signal]]: String(partial.rejected) }),
              errorMessage: partial.message,
            },
          };
    return bytesOf(JSON.stringify(body));
  }
  if (partial === null) return new Uint8Array(0);
  return bytesField(1, integerField(1, partial.rejected), bytesField(2, bytesOf(partial.message)));
}

/** Body of a `google.rpc.Status`; `details` are fields of protobuf that follow. */
export function statusAnswer(
  code: number,
  message: string,
  encoding: OtlpEncoding,
  ...details: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  if (encoding === 'json') return bytesOf(JSON.stringify({ code, message }));
  return joined([integerField(1, code), bytesField(2, bytesOf(message)), ...details]);
}

/** Codes of `google.rpc.Code` by HTTP status. */
export const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  405: 12,
  413: 8,
  415: 3,
  421: 9,
  429: 14,
  503: 14,
};

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text.slice(0, 2000));
