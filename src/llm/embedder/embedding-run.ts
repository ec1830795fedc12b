import { createHash } from 'node:crypto';
import type { Embedding, EmbedOptions } from '../../contract/embedder.ts';
import type { VectorCache } from '../../contract/vector-cache.ts';
import type { Clock } from '../endpoint/clock.ts';
import {
  EMBEDDING,
  endpointError,
  saysTooLong,
  unusableAnswer,
} from '../endpoint/endpoint-failure.ts';
import { inParallel, pace } from '../endpoint/pace.ts';
import { withRetries } from '../endpoint/retry.ts';
import { stoppable } from '../endpoint/stoppable.ts';
import { type ModelPrice, modelCost } from '../model/model-price.ts';
import { batches } from './batches.ts';
import type { EmbeddingRequest } from './embedding-request.ts';

export interface EmbeddingUsage {
  /** Number of successful requests. */
  readonly requests: number;
  /** As billed; null if the endpoint does not report it. */
  readonly tokens: number | null;
  /** US dollars; null if the price or the tokens are unknown. */
  readonly cost: number | null;
  /** Number of distinct texts found in the cache. */
  readonly cached: number;
}

export interface RunSettings {
  readonly id: string;
  readonly model: string;
  readonly url: string;
  readonly request: EmbeddingRequest;
  readonly price: ModelPrice | null;
  readonly clock: Clock;
  readonly batch: { readonly count: number; readonly characters: number };
  readonly textCharacters: number;
  readonly parallel: number;
  readonly requestsPerMinute: number | null;
  readonly attempts: number;
  readonly cache: VectorCache | null;
  readonly onUsage: (usage: EmbeddingUsage) => void;
}

/** A distinct text of the run. `sent` and `vector` change as it is embedded. */
interface Slot {
  readonly key: string;
  readonly copies: number;
  sent: string;
  truncated: boolean;
  vector: Float32Array | null;
}

/** Embeds each distinct uncached text once, in batches, and returns one row per text. */
export function embedAll(
  texts: readonly string[],
  settings: RunSettings,
  options: EmbedOptions,
): Promise<Embedding> {
  return stoppable(options.signal, EMBEDDING.doing, async (signal) => {
    const slots = slotsOf(texts, settings);
    const cached = await fromCache(slots.values(), settings.cache);
    const usage = await embedMissing(slots, texts.length, settings, signal, options.progress);
    settings.onUsage({ ...usage, cost: modelCost(settings.price, usage.tokens, 0), cached });
    return assemble(texts, slots, settings);
  });
}

function slotsOf(texts: readonly string[], settings: RunSettings): Map<string, Slot> {
  const copies = new Map<string, number>();
  for (const text of texts) {
    if (text.trim() !== '') copies.set(text, (copies.get(text) ?? 0) + 1);
  }
  const slots = new Map<string, Slot>();
  for (const [text, count] of copies) {
    const truncated = text.length > settings.textCharacters;
    const sent = truncated ? headAndTail(text, settings.textCharacters) : text.toWellFormed();
    const key = createHash('sha256').update(`${settings.id}\0${sent}`).digest('hex');
    slots.set(text, { key, copies: count, sent, truncated, vector: null });
  }
  return slots;
}

async function fromCache(slots: Iterable<Slot>, cache: VectorCache | null): Promise<number> {
  if (cache === null) return 0;
  const wanted = [...slots];
  const found = await cache.get(wanted.map((slot) => slot.key));
  for (const [i, slot] of wanted.entries()) slot.vector = found[i] ?? null;
  return wanted.filter((slot) => slot.vector !== null).length;
}

async function embedMissing(
  slots: ReadonlyMap<string, Slot>,
  total: number,
  settings: RunSettings,
  signal: AbortSignal,
  progress: EmbedOptions['progress'],
): Promise<{ requests: number; tokens: number | null }> {
  const missing = [...slots.values()].filter((slot) => slot.vector === null);
  const ready = pace(settings.requestsPerMinute, settings.clock);
  let done = total - missing.reduce((sum, slot) => sum + slot.copies, 0);
  let requests = 0;
  let tokens: number | null = 0;
  progress?.(done, total);

  const cut = batches(
    missing.map((slot) => slot.sent),
    settings.batch,
  );
  const groups = cut.map((indices) => indices.flatMap((index) => missing[index] ?? []));
  await inParallel(groups, settings.parallel, async (group) => {
    await embedGroup(group, false);
    done += group.reduce((sum, slot) => sum + slot.copies, 0);
    progress?.(done, total);
  });
  return { requests, tokens };

  async function embedGroup(group: readonly Slot[], shortened: boolean): Promise<void> {
    const sent = group.map((slot) => slot.sent);
    const result = await withRetries(
      async () => {
        await ready(signal);
        return settings.request(sent, signal);
      },
      { attempts: settings.attempts, clock: settings.clock, signal },
    );
    if (result.kind === 'failed') {
      if (!saysTooLong(result.failure) || !canSplit(group)) {
        throw endpointError(result.failure, result.attempts, EMBEDDING);
      }
      return embedInParts(group);
    }
    requests++;
    tokens = tokens === null || result.value.tokens === null ? null : tokens + result.value.tokens;
    for (const [i, slot] of group.entries()) slot.vector = result.value.vectors[i] ?? null;
    if (!shortened) await keep(group, settings.cache);
  }

  /** A shortened text is not cached, because the cache does not record that it was shortened. */
  async function embedInParts(group: readonly Slot[]): Promise<void> {
    const [first] = group;
    if (group.length === 1 && first !== undefined) {
      first.sent = headAndTail(first.sent, first.sent.length / 2);
      first.truncated = true;
      return embedGroup(group, true);
    }
    const middle = group.length >> 1;
    await embedGroup(group.slice(0, middle), false);
    await embedGroup(group.slice(middle), false);
  }
}

/** No model has a limit this low, so the error must mean something else. */
const SHORTEST_CUT = 64;

const canSplit = (group: readonly Slot[]): boolean =>
  group.length > 1 || (group[0]?.sent.length ?? 0) > SHORTEST_CUT;

async function keep(group: readonly Slot[], cache: VectorCache | null): Promise<void> {
  await cache?.put(group.flatMap(({ key, vector }) => (vector === null ? [] : [{ key, vector }])));
}

function assemble(
  texts: readonly string[],
  slots: ReadonlyMap<string, Slot>,
  { url, model }: RunSettings,
): Embedding {
  const dimensions = [...slots.values()].find((slot) => slot.vector !== null)?.vector?.length ?? 1;
  const vectors = new Float32Array(texts.length * dimensions);
  let truncated = 0;
  for (const [row, text] of texts.entries()) {
    const slot = slots.get(text);
    if (slot === undefined) continue;
    if (slot.vector?.length !== dimensions) {
      const detail = `vectors of different lengths, ${dimensions} and ${slot.vector?.length}, in one run; if the model was changed, clear the cache`;
      throw endpointError(unusableAnswer({ url, model }, detail), 1, EMBEDDING);
    }
    vectors.set(slot.vector, row * dimensions);
    if (slot.truncated) truncated++;
  }
  return { vectors, dimensions, truncated };
}

function headAndTail(text: string, limit: number): string {
  const half = Math.floor(limit / 2);
  return `${text.slice(0, half)} ${text.slice(text.length - half)}`.toWellFormed();
}
