/** Fields of protobuf messages, to be joined to a message. Integers are unsigned; 0 is left out, as it is the default. */
export const integerField = (number: number, value: number): Uint8Array<ArrayBuffer> =>
  value === 0 ? new Uint8Array(0) : Uint8Array.from([number << 3, ...varint(value)]);

/** A text or a nested message. */
export const bytesField = (
  number: number,
  ...contents: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> => {
  const length = contents.reduce((sum, each) => sum + each.length, 0);
  return joined([Uint8Array.from([(number << 3) | 2, ...varint(length)]), ...contents]);
};

/** Messages and fields, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}
