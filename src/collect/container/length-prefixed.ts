import { decompressZstd } from 'hyparquet-compressors';
import { cleanJson } from '../../text/clean-json.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';
import { zstdSize } from './zstd-size.ts';

const PREFIX = 4;

/**
 * Messages each preceded by their length, four bytes big-endian: the collector's file exporter with
 * `format: proto` or with `compression: zstd` (each message compressed by itself).
 * Reading stops at a length over `maxMessage` (64 MiB), because no later message can be found.
 */
export function lengthPrefixed(sink: Sink, maxMessage: number = 64 * MEBIBYTE): Container {
  const store = byteStore();
  let needed = PREFIX;
  let stopped = false;

  const drain = (bytes: Uint8Array) => {
    let at = 0;
    needed = PREFIX;
    while (bytes.length - at >= PREFIX) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
      if (length > maxMessage) {
        stopped = true;
        sink.broken(
          'bad_protobuf',
          `a message of ${length} bytes is announced; reading stops`,
          null,
        );
        return;
      }
      if (bytes.length - at - PREFIX < length) {
        needed = PREFIX + length;
        break;
      }
      message(bytes.subarray(at + PREFIX, at + PREFIX + length), sink, maxMessage);
      at += PREFIX + length;
    }
    store.add(bytes.subarray(at));
  };

  return {
    push(bytes) {
      if (stopped) return;
      store.add(bytes);
      if (store.size() >= needed) drain(store.take());
    },
    end() {
      if (!stopped && store.size() > 0) {
        sink.broken('truncated_file', 'the file ends in the middle of a message', null);
      }
    },
  };
}

function message(bytes: Uint8Array, sink: Sink, maxBytes: number): void {
  try {
    const plain = isZstd(bytes) ? inflated(bytes, maxBytes) : bytes;
    if (plain[0] === 0x7b) sink.value(cleanJson(JSON.parse(new TextDecoder().decode(plain))), null);
    else sink.message(plain);
  } catch (error) {
    sink.broken('bad_protobuf', `a message cannot be read: ${(error as Error).message}`, null);
  }
}

const isZstd = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;

/**
 * The content of one zstd frame. Its blocks are counted before anything is allocated: a block holds at
 * most 128 KiB, and a run of one byte says how long it is.
 * @throws RangeError when it may be over `maxBytes`.
 */
function inflated(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const size = zstdSize(bytes, maxBytes);
  if (size > maxBytes)
    throw new RangeError(`over ${Math.round(maxBytes / MEBIBYTE)} MiB after decompression`);
  return decompressZstd(bytes);
}
