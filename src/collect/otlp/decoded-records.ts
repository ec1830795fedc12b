import type { OnProblem, RawRecord, RawSpan } from '../record.ts';

/** Records decoded from one request so far. */
export interface DecodedRecords {
  readonly records: RawRecord[];
  spans: number;
  /** Spans without a valid trace id or span id; left out of `records`. */
  badSpans: number;
  /** Places where a list of objects belongs and something else is, as `resourceSpans`; with how often. */
  readonly misshapen: Map<string, number>;
}

export function decodedRecords(): DecodedRecords {
  return { records: [], spans: 0, badSpans: 0, misshapen: new Map() };
}

/** Adds a span, or counts it as bad when it has no valid ids. Keeps at most 256 of its events. */
export function addSpan(into: DecodedRecords, span: RawSpan): void {
  into.spans++;
  if (span.traceId === '' || span.spanId === '') into.badSpans++;
  else into.records.push({ kind: 'span', span: withCappedEvents(span) });
}

/** Reports the bad spans as one problem; when every span is bad, names the likely cause. */
export function reportBadSpans({ spans, badSpans }: DecodedRecords, onProblem: OnProblem): void {
  if (badSpans === 0) return;
  onProblem(
    'bad_span',
    badSpans === spans
      ? `no span has valid ids (${spans} of ${spans}); logs sent as traces look like this`
      : `${badSpans} of ${spans} spans have no valid trace id and span id and were left out`,
    badSpans,
  );
}

/** Reports each place that holds something other than the records that belong there. */
export function reportMisshapen({ misshapen }: DecodedRecords, onProblem: OnProblem): void {
  for (const [place, count] of misshapen)
    onProblem(
      'misshapen',
      `${place} must be a list of objects; something else was left out`,
      count,
    );
}

/** Streaming recorders write one event per chunk; the first and the last half are enough. */
const MAX_EVENTS = 256;

function withCappedEvents(span: RawSpan): RawSpan {
  const { events } = span;
  if (events.length <= MAX_EVENTS) return span;
  const half = MAX_EVENTS / 2;
  return { ...span, events: [...events.slice(0, half), ...events.slice(-half)] };
}
