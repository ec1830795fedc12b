import type { Json } from '../../contract/json.ts';

/** Receives the content of a container. Lines are 1-based, null when the format has none. */
export interface Sink {
  value(value: Json, line: number | null): void;
  /** One protobuf message. */
  message(bytes: Uint8Array): void;
  /** A piece that could not be used: counted, and reading continues after it. */
  broken(code: string, message: string, line: number | null): void;
}

/** Takes a file in pieces. `end` is called once, after the last piece. */
export interface Container {
  push(bytes: Uint8Array): void;
  end(): void;
}

export const MEBIBYTE: number = 1024 * 1024;

/** Collects pieces of bytes until they are taken as one. */
export interface ByteStore {
  readonly size: () => number;
  add(bytes: Uint8Array): void;
  /** All bytes stored, followed by `last`; empties the store. */
  take(last?: Uint8Array): Uint8Array;
  /** Copies all bytes stored to the start of `target`; empties the store. */
  pour(target: Uint8Array): void;
  clear(): void;
}

export function byteStore(): ByteStore {
  let pieces: Uint8Array[] = [];
  let size = 0;
  const clear = () => {
    pieces = [];
    size = 0;
  };
  const pour = (target: Uint8Array) => {
    let at = 0;
    for (const piece of pieces) {
      target.set(piece, at);
      at += piece.length;
    }
    clear();
  };
  return {
    size: () => size,
    add(bytes) {
      if (bytes.length === 0) return;
      pieces.push(bytes);
      size += bytes.length;
    },
    take(last) {
      if (pieces.length === 0) return last ?? new Uint8Array(0);
      if (pieces.length === 1 && !last?.length) {
        const only = pieces[0] as Uint8Array;
        clear();
        return only;
      }
      const whole = new Uint8Array(size + (last?.length ?? 0));
      if (last) whole.set(last, size);
      pour(whole);
      return whole;
    },
    pour,
    clear,
  };
}
