import { storedLine } from '../../collect/collect.ts';
import type { ByteSource } from '../../contract/byte-source.ts';
import type { TelemetryStore } from './telemetry-store.ts';
import type { TraceFilter } from './trace-filter.ts';

/**
 * The traces of a filter as JSON Lines of the records that they were received as, which `collect` reads like a file: the same
 * traces give the same analysis from the store as from a file. Asked of the store again on every `open`.
 */
export const storedSource = (
  store: Pick<TelemetryStore, 'stream'>,
  filter: TraceFilter,
  name: string,
): ByteSource => ({
  name,
  size: null,
  isGrouped: true,
  async *open() {
    const encoder = new TextEncoder();
    let lines = '';
    for await (const { records } of store.stream(filter)) {
      for (const record of records) lines += `${JSON.stringify(storedLine(record))}\n`;
      if (lines.length < PIECE) continue;
      yield encoder.encode(lines);
      lines = '';
    }
    if (lines !== '') yield encoder.encode(lines);
  },
});

const PIECE = 1 << 18;
