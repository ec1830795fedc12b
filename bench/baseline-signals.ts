import { readFileSync } from 'node:fs';
import type { Evidence, Signal, Verdict } from '../src/contract/signal.ts';
import { sentence } from '../src/text/statement.ts';

type Line = readonly [
  trace: string,
  detector: string,
  verdict: Verdict,
  fingerprint: string,
  summary: string,
  confidence: number,
  category: string | null,
  spanId: string | null,
  evidence: readonly Evidence[],
];

const FILTERS = new Set(['score', 'error_status', 'negative_feedback']);
const SYMPTOMS = new Set(['user_frustration']);

/** Signals that said yes by trace, from lines that another run of the detectors wrote. */
export function baselineSignals(file: string): ReadonlyMap<string, readonly Signal[]> {
  const signals = new Map<string, Signal[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.includes('"yes"')) continue;
    const [trace, detector, verdict, cause, summary, confidence, category, spanId, evidence] =
      JSON.parse(line) as Line;
    if (verdict !== 'yes') continue;
    const signal: Signal = {
      detector,
      verdict,
      tier: FILTERS.has(detector) ? 'filter' : SYMPTOMS.has(detector) ? 'symptom' : 'likely',
      category,
      cause: cause.split('|'),
      statement: sentence(summary),
      confidence,
      spanId,
      evidence,
    };
    signals.set(trace, [...(signals.get(trace) ?? []), signal]);
  }
  return signals;
}
