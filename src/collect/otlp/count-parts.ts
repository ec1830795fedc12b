import {
  LENGTH,
  readLength,
  readTag,
  skipField,
  WireError,
  type WireReader,
  wireReader,
} from './wire-reader.ts';

/** A message: what it counts, and its fields that hold messages. */
interface Part {
  readonly weight: number;
  readonly fields: Readonly<Record<number, Part>>;
}

const anyValue: { weight: number; fields: Record<number, Part> } = { weight: 1, fields: {} };
const keyValue: Part = { weight: 1, fields: { 2: anyValue } };
anyValue.fields = {
  5: { weight: 0, fields: { 1: anyValue } },
  6: { weight: 0, fields: { 1: keyValue } },
};
const event: Part = { weight: 5, fields: { 3: keyValue, 4: keyValue } };
/** A span; the attributes of a log are field 6. */
const record: Part = { weight: 20, fields: { 6: keyValue, 9: keyValue, 11: event, 13: event } };
const scope: Part = { weight: 1, fields: { 2: record } };
const resource: Part = {
  weight: 1,
  fields: { 1: { weight: 1, fields: { 1: keyValue } }, 2: scope },
};
const request: Part = { weight: 0, fields: { 1: resource } };

const MAX_DEPTH = 100;

/**
 * How many parts a request of OTLP in protobuf has, from its lengths alone: a span counts 20, an event or link 5, an
 * attribute or value 1. Stops at `limit`, and where the body breaks the wire format.
 */
export function countParts(bytes: Uint8Array, limit: number): number {
  let count = 0;
  const walk = (reader: WireReader, end: number, { fields }: Part, depth: number): void => {
    while (reader.position < end && count <= limit) {
      const tag = readTag(reader, end);
      const part = (tag & 7) === LENGTH ? fields[tag >>> 3] : undefined;
      if (part === undefined) skipField(reader, tag & 7, end);
      else {
        count += part.weight;
        const stop = readLength(reader, end);
        if (depth < MAX_DEPTH) walk(reader, stop, part, depth + 1);
        reader.position = stop;
      }
    }
  };
  try {
    walk(wireReader(bytes), bytes.length, request, 0);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return count;
}
