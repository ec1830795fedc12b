import type { Embedder } from '../contract/embedder.ts';
import type { Trace } from '../contract/trace.ts';

/** The vector of each answer, followed by that of its request. */
export async function vectorsOf(
  traces: readonly Trace[],
  embedder: Embedder,
): Promise<readonly Float32Array[]> {
  const answers = await embedder.embed(traces.map(({ output }) => output));
  const requests = await embedder.embed(traces.map(({ input }) => input));
  const { dimensions } = answers;
  return traces.map((_, row) => {
    const vector = new Float32Array(2 * dimensions);
    vector.set(answers.vectors.subarray(row * dimensions, (row + 1) * dimensions));
    vector.set(requests.vectors.subarray(row * dimensions, (row + 1) * dimensions), dimensions);
    return vector;
  });
}
