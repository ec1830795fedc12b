import { CulpritError } from '../contract/culprit-error.ts';
import type { EmbedOptions } from '../contract/embedder.ts';

/**
 * Calls `visit` for each text in order. Reports progress and yields to the event loop every
 * `every` texts, so that an abort takes effect. Throws `aborted`.
 */
export async function forEachText(
  texts: readonly string[],
  every: number,
  options: EmbedOptions,
  visit: (text: string, index: number) => void,
): Promise<void> {
  checkAborted(options.signal);
  for (const [index, text] of texts.entries()) {
    visit(text, index);
    if ((index + 1) % every !== 0) continue;
    options.progress?.(index + 1, texts.length);
    await new Promise((resume) => setTimeout(resume));
    checkAborted(options.signal);
  }
  options.progress?.(texts.length, texts.length);
}

export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new CulpritError('aborted', 'Embedding was stopped before it finished.', {
      cause: signal.reason,
    });
  }
}
