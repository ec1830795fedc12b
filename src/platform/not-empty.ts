import { CulpritError } from '../contract/culprit-error.ts';

/**
 * The bytes as they come.
 * @param message says what it means that there are none.
 * @throws CulpritError `no_traces` if there are none.
 */
export async function* notEmpty(
  pieces: AsyncIterable<Uint8Array>,
  message: string,
): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const piece of pieces) {
    isEmpty &&= piece.length === 0;
    yield piece;
  }
  if (isEmpty) throw new CulpritError('no_traces', message);
}
