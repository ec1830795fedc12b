import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { feed, spySink } from '../testing/spy-sink.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** Four bytes big-endian, as the collector's file exporter writes. */
function prefixed(...messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );
}

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('length-prefixed messages', () => {
  it.each([1, 3, 1000])('come one by one from pieces of %i bytes', (size) => {
    const sink = spySink();
    feed(lengthPrefixed(sink), prefixed(bytes(10, 1, 2), bytes(), bytes(10, 9)), size);
    expect(sink.messages.map((message) => [...message])).toEqual([[10, 1, 2], [], [10, 9]]);
    expect(sink.problems).toEqual([]);
  });

  it('are decompressed one by one, protobuf and JSON', () => {
    const sink = spySink();
    const json = zstdCompressSync(Buffer.from('{"resourceSpans":[]}'));
    feed(lengthPrefixed(sink), prefixed(zstdCompressSync(bytes(10, 1, 2)), json));
    expect(sink.messages.map((message) => [...message])).toEqual([[10, 1, 2]]);
    expect(sink.values).toEqual([{ resourceSpans: [] }]);
  });

  it('end with a problem when the last one is cut off', () => {
    const sink = spySink();
    feed(lengthPrefixed(sink), prefixed(bytes(10, 1), bytes(10, 2)).subarray(0, -1));
    expect(sink.messages).toHaveLength(1);
    expect(sink.problems).toEqual([{ code: 'truncated_file', line: null }]);
  });

  it('stop at a length that cannot be', () => {
    const sink = spySink();
    feed(lengthPrefixed(sink, 1024), prefixed(bytes(10, 1), new Uint8Array(2000)));
    expect(sink.messages).toHaveLength(1);
    expect(sink.problems).toEqual([{ code: 'bad_protobuf', line: null }]);
  });
});
