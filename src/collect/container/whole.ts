import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';

/** Buffers a whole file, at most `maxBytes` (256 MiB), then reads it at once. */
export function whole(
  sink: Sink,
  read: (bytes: Uint8Array) => void,
  maxBytes: number = 256 * MEBIBYTE,
): Container {
  const store = byteStore();
  let tooLarge = false;
  return {
    push(bytes) {
      if (tooLarge) return;
      store.add(bytes);
      if (store.size() <= maxBytes) return;
      store.clear();
      tooLarge = true;
      const limit = Math.round(maxBytes / MEBIBYTE);
      sink.broken(
        'file_too_large',
        `more than ${limit} MiB in one message; export it in parts`,
        null,
      );
    },
    end() {
      if (!tooLarge) read(store.take());
    },
  };
}
