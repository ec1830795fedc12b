import type { Trace } from '../../contract/trace.ts';
import { conversationTrace } from '../assemble/conversation.ts';
import type { TraceAssembler } from '../assemble/trace-assembler.ts';
import { jsonLines } from '../container/json-lines.ts';
import type { ColumnRoles } from '../shape/column-map.ts';
import { type ColumnMap, columnRoles } from '../shape/column-map.ts';
import { PIECE_BYTES } from './file-reader.ts';
import { recordReader } from './record-reader.ts';
import type { RowChunk } from './row-chunks.ts';
import { type TallyState, tally } from './tally.ts';

/**
 * Reads a chunk of rows, each a whole trace, apart from all others; `onTraces` takes what comes out in
 * small batches. Null when its lines belong together (spans, scores, parts of a batch) or are of no
 * known shape: then the input has to be read in order, as one.
 */
export type RowReading = (
  chunk: RowChunk,
  onTraces: (traces: readonly Trace[]) => void,
) => TallyState | null;

/** @throws CulpritError `invalid_option` for a bad map. */
export function readRows(map: ColumnMap): RowReading {
  const roles = columnRoles(map);
  const mapped = Object.keys(map).length > 0;
  return (chunk, onTraces) => readChunk(chunk, roles, mapped, onTraces);
}

function readChunk(
  { file, firstLine, bytes, size }: RowChunk,
  roles: ColumnRoles,
  mapped: boolean,
  onTraces: (traces: readonly Trace[]) => void,
): TallyState | null {
  const counted = tally(true);
  const assembler = conversationsOnly();
  const reader = recordReader({ assembler, counted, roles, mapped });
  const fileTally = counted.file(file);
  fileTally.bytes = size;
  const sink = reader.sink(fileTally, '');
  const lines = jsonLines(sink, firstLine);
  const take = (): boolean => {
    const traces = reader.take();
    for (const trace of traces) counted.trace(trace);
    if (traces.length > 0) onTraces(traces);
    return !assembler.sawOther() && !reader.isWaiting();
  };
  // Whole lines, so that no piece is copied to be joined to the next.
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at + PIECE_BYTES) + 1;
    lines.push(bytes.subarray(at, end === 0 ? bytes.length : end));
    at = end === 0 ? bytes.length : end;
    if (!take()) return null;
  }
  lines.end();
  if (mapped) counted.addColumns(roles.noted());
  return take() && sink.unknown() === null ? counted.state() : null;
}

const NEWLINE = 10;

/** Conversations need nothing but themselves; anything else is noted and left out. */
function conversationsOnly(): TraceAssembler & { readonly sawOther: () => boolean } {
  let sawOther = false;
  return {
    sawOther: () => sawOther,
    add(record, origin) {
      if (record.kind === 'conversation') return [conversationTrace(record.conversation, origin)];
      sawOther = true;
      return [];
    },
    end: () => [],
  };
}
