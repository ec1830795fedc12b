import type { Claim } from '../contract/narrative.ts';
import type { Trace } from '../contract/trace.ts';
import { findWords, type Material, quoteIn } from '../detect/ask.ts';
import type { Known } from './checked-text.ts';
import { type CauseSubject, systemPromptOf } from './subject.ts';

/** What a sentence may quote: everything shown to the model but for what Culprit said itself. `beside`: texts shown besides the runs. */
export const knownOf = (
  { failing, passing, findings }: CauseSubject,
  { steps }: Material,
  beside = '',
): Known => ({
  find: findWords,
  text: [
    beside,
    ...findings.map((each) => each.text),
    ...steps.flatMap((run) => run.flatMap(({ places }) => places.map((place) => place.text))),
    ...[...failing.map(({ trace }) => trace), ...passing].flatMap((trace) => [
      systemPromptOf(trace),
      JSON.stringify(trace.tools),
      ...trace.tools.map(({ description }) => description),
    ]),
  ].join('\n'),
});

/** A quote from the run and step that a model names, else from any other run; null where it is nowhere. */
export function quoteOf(
  { run, step, quote }: { readonly run: number; readonly step: number; readonly quote: string },
  { failing, passing }: CauseSubject,
  { steps }: Material,
): Claim['quote'] {
  if (quote.trim() === '') return null;
  const traces: readonly Trace[] = [...failing.map(({ trace }) => trace), ...passing];
  const order = [run - 1, ...traces.keys()];
  for (const [place, at] of order.entries()) {
    const trace = traces[at];
    if (trace === undefined) continue;
    const named = place === 0 && step > 0 ? step : null;
    const found = quoteIn(trace, steps[at]!, { step: named, text: quote });
    if (found !== null) return { ...found, traceId: trace.id };
  }
  return null;
}
