import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { analysisThread } from './analysis-thread.ts';
import { NONE_KNOWN } from './analyze-stored.ts';

const hooks = { progress: () => {}, signal: new AbortController().signal };
const request = { names: ['traces'], options: {}, known: NONE_KNOWN, compare: null };
const code = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
async function* nothing(): AsyncGenerator<Uint8Array> {}

test('a thread that hangs is ended, and the next analysis has another', async () => {
  const hangs = analysisThread(300, code('for (;;) {}'));
  const failure = hangs(nothing, request, hooks);
  await expect(failure).rejects.toThrow('the analysis failed: its thread gave no sign');
  await expect(failure).rejects.toMatchObject({ code: 'internal' });
  // The real one: there is nothing to judge.
  await expect(analysisThread()(nothing, request, hooks)).rejects.toMatchObject({
    code: 'empty_input',
  });
});

test('a thread that dies says so', async () => {
  const dies = analysisThread(60_000, code('process.exit(3)'));
  await expect(dies(nothing, request, hooks)).rejects.toThrow('its thread ended (3)');
});

test('what reading the traces meets is what the analysis fails with', async () => {
  const busy = new CulpritError('store_busy', 'out of memory');
  const open = (): AsyncIterable<Uint8Array> => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(busy) }),
  });
  await expect(analysisThread()(open, request, hooks)).rejects.toBe(busy);
});
