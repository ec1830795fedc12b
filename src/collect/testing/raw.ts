import type { Problem } from '../../contract/collection.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { Span, Trace } from '../../contract/trace.ts';
import { type AssemblerOptions, traceAssembler } from '../assemble/trace-assembler.ts';
import { readSpan, type SpanReading } from '../dialect/read-span.ts';
import { decodeOtlpJson } from '../otlp/decode-json.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { rawSpan as spanOfParts } from '../shape/span.ts';

/** A span with the given parts; everything else as plain as can be. */
export const rawSpan = (parts: Partial<RawSpan> = {}): RawSpan =>
  spanOfParts({
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentId: null,
    name: 'span',
    startTime: 1000,
    endTime: 2000,
    ...parts,
  });

/** What a span with these attributes is read as. */
export function reading(attributes: JsonObject, parts: Partial<RawSpan> = {}): SpanReading {
  return readSpan(rawSpan({ ...parts, attributes }));
}

export function spanOf(attributes: JsonObject, parts: Partial<RawSpan> = {}): Span {
  return reading(attributes, parts).span;
}

export interface Assembled {
  readonly traces: readonly Trace[];
  readonly problems: readonly Problem[];
}

/** Traces of records in this order; line N of the origin is record N. */
export function assembled(
  records: readonly RawRecord[],
  options: Omit<AssemblerOptions, 'onProblem'> = {},
): Assembled {
  const problems: Problem[] = [];
  const assembler = traceAssembler({ ...options, onProblem: (problem) => problems.push(problem) });
  const traces = records.flatMap((record, at) =>
    assembler.add(record, { file: 'test', format: 'test', line: at + 1 }),
  );
  return { traces: [...traces, ...assembler.end()], problems };
}

/** Traces of spans given by their parts. */
export function tracesOf(...spans: readonly Partial<RawSpan>[]): readonly Trace[] {
  return assembled(spans.map((parts) => ({ kind: 'span', span: rawSpan(parts) }))).traces;
}

/** Traces of an OTLP/JSON payload. */
export function tracesOfOtlp(...values: readonly Json[]): readonly Trace[] {
  return assembled(values.flatMap((value) => decodeOtlpJson(value, () => {}))).traces;
}
