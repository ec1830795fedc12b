import type { LearnedModel, Suspects } from '../contract/learned-model.ts';
import { parseLearnedModel, scoreTraces } from '../learn/learn.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import { withBatches } from './batches-of.ts';
import { learnDeps } from './learn-deps.ts';
import type { TraceReader } from './read-traces.ts';

/**
 * Orders traces by how likely people would call them failed, by a model that `learn` made. Suspect is not failed.
 *
 * @param model As `learn` returns it, or as its JSON file holds it.
 * @throws CulpritError `invalid_input` for a model of other detectors, or one that is not better than they are; what
 * `readTraces` throws.
 */
export async function suspects(
  source: TraceInput | TraceReader,
  model: LearnedModel,
): Promise<Suspects> {
  const { embedder, ...detection } = await learnDeps();
  const parsed = parseLearnedModel(model, 'the model', detection);
  return withBatches(source, (batches) => scoreTraces(batches, parsed, embedder));
}
