/** Numbers, structs and nothing else of a Thrift struct in the compact protocol, by field id. */
export type ThriftStruct = ReadonlyMap<number, number | ThriftStruct>;

const MAX_DEPTH = 32;

/**
 * Walks through a Thrift struct without believing its lengths: a list or text that is longer than the
 * bytes left is an error, so the work is bounded by the bytes.
 * @throws RangeError
 */
export function readThrift(
  bytes: Uint8Array,
  start: number,
): { readonly struct: ThriftStruct; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  const left = (needed: number): number => {
    if (!(needed <= bytes.length - at)) throw new RangeError('a length beyond the end');
    return needed;
  };
  const skip = (count: number): null => {
    at += left(count);
    return null;
  };
  const varint = (): number => {
    let value = 0;
    for (let scale = 1, count = 0; ; scale *= 128, count++) {
      if (count > 10) throw new RangeError('a number without end');
      const byte = view.getUint8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const zigzag = (): number => {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const element = (type: number, depth: number): number | ThriftStruct | null => {
    switch (type) {
      case 1:
      case 2:
        return null;
      case 3:
        return skip(1);
      case 4:
      case 5:
      case 6:
        return zigzag();
      case 7:
        return skip(8);
      case 8:
        return skip(varint());
      case 9:
      case 10: {
        const head = view.getUint8(at++);
        const size = left(head >> 4 === 15 ? varint() : head >> 4);
        for (let index = 0; index < size; index++) {
          if ((head & 15) < 3) skip(1);
          else element(head & 15, depth + 1);
        }
        return null;
      }
      case 12:
        return struct(depth + 1);
      default:
        throw new RangeError(`an unknown type ${type}`);
    }
  };
  const struct = (depth: number): ThriftStruct => {
    if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
    const fields = new Map<number, number | ThriftStruct>();
    for (let id = 0; ; ) {
      const byte = view.getUint8(at++);
      if ((byte & 15) === 0) return fields;
      id = byte >> 4 === 0 ? zigzag() : id + (byte >> 4);
      const value = element(byte & 15, depth);
      if (value !== null) fields.set(id, value);
    }
  };
  return { struct: struct(0), end: at };
}
