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

/** What was not taken, and why; a message without a number is a warning. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** Body of an `Export…ServiceResponse`; null: everything was taken. */
export function exportAnswer(
  signal: 'traces' | 'logs' | 'metrics',
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
  return field(1, [...varintField(1, partial.rejected), ...field(2, bytesOf(partial.message))]);
}

/** Body of a `google.rpc.Status`. */
export function statusAnswer(
  code: number,
  message: string,
  encoding: OtlpEncoding,
): Uint8Array<ArrayBuffer> {
  if (encoding === 'json') return bytesOf(JSON.stringify({ code, message }));
  return Uint8Array.from([...varintField(1, code), ...field(2, bytesOf(message))]);
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
  429: 14,
  503: 14,
};

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text.slice(0, 2000));

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** Fields that hold 0 are left out. */
const varintField = (number: number, value: number): number[] =>
  value === 0 ? [] : [number << 3, ...varint(value)];

const field = (number: number, bytes: Iterable<number>): Uint8Array<ArrayBuffer> => {
  const content = [...bytes];
  return Uint8Array.from([(number << 3) | 2, ...varint(content.length), ...content]);
};
