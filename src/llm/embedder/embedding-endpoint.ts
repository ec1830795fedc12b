import * as z from 'zod';
import type { Clock } from '../endpoint/clock.ts';
import { unusableAnswer } from '../endpoint/endpoint-failure.ts';
import { oneAttempt } from '../endpoint/one-attempt.ts';
import { plausibleTokens } from '../endpoint/plausible-tokens.ts';
import type { EmbeddingModel } from '../model/provider-model.ts';
import type { EmbeddingRequest } from './embedding-request.ts';

export interface EndpointSettings {
  /** Makes the model when it is wanted. */
  readonly load: () => Promise<EmbeddingModel>;
  /** Name of the model and address, for messages. */
  readonly model: string;
  readonly url: string;
  /** Never shown, whatever the endpoint answers. */
  readonly secrets: readonly string[];
  /** Requested vector length, for models that support it; null for the model's own. */
  readonly dimensions: number | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Sends one request to a model of embeddings and checks the answer. Failures are values; only an abort of `signal` throws. */
export function embeddingEndpoint(settings: EndpointSettings): EmbeddingRequest {
  const { load, dimensions } = settings;
  return (texts, signal) =>
    oneAttempt(settings, signal, async (abortSignal) => {
      const model = await load();
      const result = await model.doEmbed({
        values: [...texts],
        abortSignal,
        ...(dimensions === null ? {} : { dimensions }),
      });
      const ordered = inOrder(result.embeddings, result.response?.body);
      const fault =
        ordered === null ? 'its indices do not match the texts' : faultOf(ordered, texts.length);
      if (ordered === null || fault !== null) {
        return { kind: 'failed', failure: unusableAnswer(settings, fault ?? '') };
      }
      const tokens = plausibleTokens(result.usage?.tokens);
      return { kind: 'done', value: { vectors: ordered.map(unit), tokens } };
    });
}

const indexed = z.object({ data: z.array(z.object({ index: z.int() })) });

/** Sorts by index, as specified, if every vector has one; otherwise keeps the order of the answer. */
function inOrder(
  vectors: readonly (readonly number[])[],
  body: unknown,
): readonly (readonly number[])[] | null {
  const { data } = indexed.safeParse(body);
  if (data === undefined) return vectors;
  const ordered: (readonly number[] | undefined)[] = vectors.map(() => undefined);
  for (const [position, { index }] of data.data.entries()) ordered[index] = vectors[position];
  return ordered.length === vectors.length && ordered.every((vector) => vector !== undefined)
    ? ordered
    : null;
}

/** No model has more than a quarter of these. */
const MOST_DIMENSIONS = 65_536;

function faultOf(vectors: readonly (readonly number[])[], texts: number): string | null {
  if (vectors.length !== texts) return `${vectors.length} vectors for ${texts} texts`;
  const dimensions = vectors[0]?.length ?? 0;
  if (dimensions === 0) return 'empty vectors';
  for (const vector of vectors) {
    if (vector.length > MOST_DIMENSIONS) return `vectors of ${vector.length} numbers`;
    if (vector.length !== dimensions)
      return `vectors of different lengths, ${dimensions} and ${vector.length}`;
    if (!vector.every(Number.isFinite)) return 'a vector with a non-finite number';
    if (vector.every((value) => value === 0)) return 'a vector of zeros';
  }
  return null;
}

/** Scaled by the largest number first, so that no square is out of range. */
function unit(vector: readonly number[]): Float32Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  let sum = 0;
  for (const value of vector) sum += (value / largest) ** 2;
  const length = Math.sqrt(sum);
  return Float32Array.from(vector, (value) => value / largest / length);
}
