import type { Gap, Origin, Score } from '../../contract/trace.ts';
import type { RawEvent, RawLog, RawSpan } from '../record.ts';
import { type AssembledTrace, assembleTrace } from './assemble-trace.ts';
import { logMeaning, spansWithEvents } from './log-record.ts';

/** Everything that was recorded of one trace, each span once, in order of arrival. */
export interface TraceRecords {
  readonly id: string;
  readonly spans: readonly RawSpan[];
  readonly logs: readonly RawLog[];
  /** Scores about it that were recorded apart from its spans. */
  readonly scores: readonly Score[];
}

/** The trace of these records, as the assembler of files makes it; null when they hold no span. */
export function traceOfRecords(
  { id, spans, logs, scores }: TraceRecords,
  origin: Origin,
): AssembledTrace | null {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const events = new Map<string, RawEvent[]>();
  const judged = [...scores];
  let { resource } = spans[0] ?? { resource: {} };
  for (const log of logs) {
    const meaning = logMeaning(log);
    if (meaning.kind === 'span') byId.set(meaning.span.spanId, meaning.span);
    else if (meaning.kind === 'score') judged.push(meaning.score.score);
    else if (meaning.kind === 'event') {
      resource = log.resource;
      const key = log.spanId ?? '';
      events.set(key, [...(events.get(key) ?? []), meaning.event]);
    }
  }
  if (byId.size + events.size === 0) return null;
  const whole = spansWithEvents({ id, spans: byId, events, resource });
  const made = assembleTrace(id, whole, judged, origin);
  const gaps = whole.flatMap(clockGap);
  return gaps.length === 0
    ? made
    : { ...made, trace: { ...made.trace, gaps: [...made.trace.gaps, ...gaps] } };
}

/** Attribute that holds the recorded times of a span whose clock was wrong, in the place of which others were set. */
export const RECORDED_TIMES = 'culprit.recorded_times';

function clockGap({ spanId, attributes }: RawSpan): Gap[] {
  const recorded = attributes[RECORDED_TIMES];
  if (typeof recorded !== 'string') return [];
  const detail = `its recorded times are those of a wrong clock: ${recorded}`;
  return [{ kind: 'missing_time', spanId, detail }];
}
