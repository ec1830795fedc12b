import type { Detected } from '../contract/detected.ts';
import { byDimension, type Traits } from '../contract/dimension.ts';
import type { Population } from '../contract/fact-rows.ts';
import type { Failure } from '../contract/failure.ts';
import type { Ledger } from '../contract/ledger.ts';
import type { MeasureRange } from '../contract/measured.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import type { ToolCall, Trace } from '../contract/trace.ts';
import type { FacetCounts, TrafficCounts, ValueCount } from '../contract/traffic.ts';
import { textAt } from '../trace/text-at.ts';
import { findValues } from './find/find-values.ts';
import { type JsonChange, mapJson } from './map-json.ts';
import { type Replace, redactPart, redactText } from './redact-text.ts';

/** The traces, their findings and the counts by version and tenant, redacted alike. Ids of traces stay apart. */
export function redactDetected(detected: Detected, replace: Replace): Detected {
  const text = (given: string): string => redactText(given, findValues(given), replace);
  const id = distinct(text);
  const changes: Changes = {
    text,
    id,
    data: { text, number: (number) => number },
    payload: { text, number: (number) => redactedNumber(number, text) },
    part: (whole, part) => redactPart(whole, part, findValues, replace),
  };
  return {
    ...detected,
    failures: detected.failures.map((failure) => failureOf(failure, changes)),
    passing: detected.passing.map((trace) => traceOf(trace, changes)),
    population: populationOf(detected.population, changes),
    traffic: trafficOf(detected.traffic, text),
    ledger: detected.ledger && ledgerOf(detected.ledger, changes),
    measures: detected.measures.map((measure) => measureOf(measure, changes)),
  };
}

interface Changes {
  readonly text: (text: string) => string;
  readonly id: (id: string) => string;
  readonly data: JsonChange;
  /** Of what an application sent: its numbers may be card numbers. */
  readonly payload: JsonChange;
  /** A quote, by the text that it stands in. */
  readonly part: (whole: string, part: string) => string;
}

/** Two ids that become equal are told apart by a number. */
function distinct(text: (text: string) => string): (id: string) => string {
  const known = new Map<string, string>();
  const taken = new Map<string, number>();
  return (id) => {
    let made = known.get(id);
    if (made === undefined) {
      const name = text(id);
      const times = name === id ? 1 : (taken.get(name) ?? 0) + 1;
      taken.set(name, times);
      made = times === 1 ? name : `${name} ${times}`;
      known.set(id, made);
    }
    return made;
  };
}

function redactedNumber(number: number, text: (text: string) => string): unknown {
  if (!Number.isSafeInteger(number) || Math.abs(number) < 1e12) return number;
  const spelled = String(number);
  const redacted = text(spelled);
  return redacted === spelled ? number : redacted;
}

function failureOf(failure: Failure, changes: Changes): Failure {
  const { trace, signals, cause, rootSpanId } = failure;
  const redacted = signals.map((signal) => signalOf(signal, trace, changes));
  const place = cause === null ? -1 : signals.indexOf(cause);
  return {
    ...failure,
    trace: traceOf(trace, changes),
    signals: redacted,
    cause: redacted[place] ?? (cause && signalOf(cause, trace, changes)),
    rootSpanId: rootSpanId && changes.text(rootSpanId),
  };
}

const signalOf = (signal: Signal, trace: Trace, changes: Changes): Signal => ({
  ...mapJson(signal, changes.data),
  evidence: signal.evidence.map((evidence) => evidenceOf(evidence, trace, changes)),
});

const evidenceOf = (evidence: Evidence, trace: Trace, { text, part }: Changes): Evidence => ({
  spanId: evidence.spanId && text(evidence.spanId),
  path: text(evidence.path),
  quote: part(textAt(trace, evidence.path) ?? '', evidence.quote),
});

function traceOf(trace: Trace, changes: Changes): Trace {
  const call = (each: ToolCall): ToolCall => ({
    ...each,
    arguments: mapJson(each.arguments, changes.payload),
  });
  const changed: Trace = {
    ...trace,
    id: changes.id(trace.id),
    metadata: mapJson(trace.metadata, changes.payload),
    messages: trace.messages.map((message) => ({
      ...message,
      toolCalls: message.toolCalls.map(call),
    })),
    spans: trace.spans.map((span) => ({
      ...span,
      toolCall: span.toolCall && call(span.toolCall),
      input: withoutCutValue(span.input),
      output: withoutCutValue(span.output),
      toolResult: span.toolResult && withoutCutValue(span.toolResult),
      attributes: mapJson(span.attributes, changes.payload),
    })),
  };
  return mapJson(changed, changes.data);
}

/** Sampled traces keep the first 2,000 characters of a span's text: the last of them may be the beginning of a value. */
const withoutCutValue = (text: string): string =>
  text.length === CUT ? text.slice(0, CUT - LONGEST) : text;

const CUT = 2_000;
const LONGEST = 120;

/** The range of a column of card numbers names two of them. */
function measureOf(measure: MeasureRange, { data, text }: Changes): MeasureRange {
  const isSafe = measure.range?.every((bound) => redactedNumber(bound, text) === bound) ?? true;
  return { ...mapJson(measure, data), ...(!isSafe && { range: null }) };
}

const populationOf = (population: Population, { text, id }: Changes): Population => ({
  ...population,
  rows: population.rows.map((row) => ({
    ...row,
    id: id(row.id),
    traits: traitsOf(row.traits, text),
  })),
});

const traitsOf = (traits: Traits, text: (text: string) => string): Traits => ({
  ...traits,
  ...byDimension((dimension) => {
    const value = traits[dimension];
    return value === null ? null : text(value);
  }),
});

function trafficOf(traffic: TrafficCounts, text: (text: string) => string): TrafficCounts {
  const facets = byDimension((dimension): FacetCounts => {
    const { recorded, values } = traffic.facets[dimension];
    const redacted = new Map<string, ValueCount>();
    for (const [value, count] of values) {
      const name = text(value);
      redacted.set(name, together(redacted.get(name), count));
    }
    return { recorded, values: redacted };
  });
  return { ...traffic, facets };
}

/** Names of files stay: sides are told apart by them, and what is said of sides is redacted in the end. */
function ledgerOf(ledger: Ledger, { text, id }: Changes): Ledger {
  return {
    ...ledger,
    inputs: ledger.inputs.map(text),
    columns: ledger.columns.map((column) =>
      column.name === 'file' ? column : { ...column, values: column.values.map(text) },
    ),
    lists: ledger.lists.map((list) => ({ ...list, values: list.values.map(text) })),
    failures: ledger.failures.map((failure) => ({ ...failure, id: id(failure.id) })),
  };
}

function together(one: ValueCount | undefined, other: ValueCount): ValueCount {
  if (one === undefined) return other;
  const first = [one.firstSeen, other.firstSeen].filter((time) => time !== null);
  const last = [one.lastSeen, other.lastSeen].filter((time) => time !== null);
  return {
    traces: one.traces + other.traces,
    failed: one.failed + other.failed,
    firstSeen: first.length === 0 ? null : Math.min(...first),
    lastSeen: last.length === 0 ? null : Math.max(...last),
  };
}
