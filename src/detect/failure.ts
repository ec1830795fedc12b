import type { Failure } from '../contract/failure.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { rootSpan } from './cause-order.ts';

/** A failure from its signals that said yes, in the order of `orderByCause`. */
export const failureOf = (trace: Trace, signals: readonly Signal[], weight: number): Failure => ({
  trace,
  signals,
  cause: signals.find(({ category }) => category !== null) ?? null,
  rootSpanId: rootSpan(trace, signals),
  weight,
});
