import { NO_FACTS } from '../contract/fact-rows.ts';
import type { Failure } from '../contract/failure.ts';
import type { Signal, Statement } from '../contract/signal.ts';
import { sentence } from '../text/statement.ts';
import { makeTrace } from './trace.ts';

/** A signal that says yes; `statement` may be plain text that names nothing. */
export function makeSignal({
  statement = 'The answer names an order that does not exist',
  ...parts
}: Partial<Omit<Signal, 'statement'>> & { readonly statement?: Statement | string } = {}): Signal {
  return {
    detector: 'tool_argument_mismatch',
    verdict: 'yes',
    tier: 'likely',
    category: 'tool_argument_mismatch',
    cause: ['other field'],
    statement: typeof statement === 'string' ? sentence(statement) : statement,
    confidence: 1,
    spanId: null,
    evidence: [],
    ...parts,
  };
}

/** A failure; its cause follows from the signals. */
export function makeFailure(parts: Partial<Failure> = {}): Failure {
  const { signals = [makeSignal()] } = parts;
  return {
    trace: makeTrace(),
    failed: true,
    cause: signals.find(({ category }) => category !== null) ?? null,
    facts: NO_FACTS,
    rootSpanId: null,
    weight: 1,
    ...parts,
    signals,
  };
}
