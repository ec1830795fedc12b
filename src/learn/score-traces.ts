import type { Embedder } from '../contract/embedder.ts';
import type { LearnedModel, Suspect, Suspects } from '../contract/learned-model.ts';
import { firstPass } from '../detect/detect.ts';
import { callOf } from './bounds.ts';
import { hasDrifted } from './drift.ts';
import { type Batches, withoutOutcomes } from './learn-traces.ts';
import { optionsOf, traceScorer } from './trace-scorer.ts';

/** Traces from which on what is usual among them is known better by themselves than by the labeled ones. */
const LARGE = 100;

/** Every trace with its probability, the most suspect first. Bounds are withdrawn where the traces are of another kind. */
export async function scoreTraces(
  batches: Batches,
  model: LearnedModel,
  embedder: Embedder,
): Promise<Suspects> {
  const first = firstPass(optionsOf(model));
  for await (const batch of batches()) first.add(batch);
  const own = first.finish();
  const facts = own.traces < LARGE ? model.facts : withoutOutcomes(own);
  const score = traceScorer(model, embedder, facts);
  const found: Omit<Suspect, 'call'>[] = [];
  for await (const batch of batches())
    for (const trace of batch) {
      const { p, figures } = await score(trace);
      found.push({
        traceId: trace.id,
        p: Math.round(p * 1e6) / 1e6,
        rules: figures['rules'] === 1,
      });
    }
  found.sort((a, b) => b.p - a.p || (a.traceId < b.traceId ? -1 : 1));
  const drifted = hasDrifted(
    found.map(({ p }) => p),
    model.reference,
  );
  const bounds = drifted ? null : model.bounds;
  return {
    state: model.card.state === 'on_trial' ? 'on_trial' : 'in_use',
    source: model.card.source,
    drifted,
    bounds,
    suspects: found.map((each) => ({
      ...each,
      call: bounds === null ? null : callOf(each.p, bounds),
    })),
  };
}
