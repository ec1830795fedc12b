import type { Json } from '../../contract/json.ts';

/** Where a container puts what it holds. Lines are 1-based, null where the format has none. */
export interface Sink {
  value(value: Json, line: number | null): void;
  /** One protobuf message. */
  message(bytes: Uint8Array): void;
  /** A piece that could not be used: counted, and what follows is read on. */
  broken(code: string, message: string, line: number | null): void;
}

/** Takes a file in pieces. `end` comes once, after the last piece. */
export interface Container {
  push(bytes: Uint8Array): void;
  end(): void;
}

export const MEBIBYTE: number = 1024 * 1024;

/** Holds pieces of bytes until they are wanted as one. */
export interface ByteStore {
  readonly size: () => number;
  add(bytes: Uint8Array): void;
  /** Everything held, followed by `last`; the store is empty afterwards. */
  take(last?: Uint8Array): Uint8Array;
  clear(): void;
}

export function byteStore(): ByteStore {
  let pieces: Uint8Array[] = [];
  let size = 0;
  const clear = () => {
    pieces = [];
    size = 0;
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
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      if (last) whole.set(last, at);
      clear();
      return whole;
    },
    clear,
  };
}
