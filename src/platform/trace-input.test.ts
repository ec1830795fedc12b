import { expect, test } from 'vitest';
import { openInput } from './trace-input.ts';

test('an abort stops reading an iterator, even one that waits for its next item', async () => {
  const abort = new AbortController();
  const given: number[] = [];
  async function* records(): AsyncGenerator<object> {
    yield { input: 'a', output: 'b' };
    given.push(1);
    abort.abort(new Error('enough'));
    await new Promise(() => {});
  }
  await expect(openInput(records(), abort.signal)).rejects.toMatchObject({
    code: 'aborted',
    cause: new Error('enough'),
  });
  expect(given).toEqual([1]);
});

test('an iterator is closed by an abort between two items', async () => {
  const abort = new AbortController();
  let closed = false;
  let given = 0;
  async function* records(): AsyncGenerator<object> {
    try {
      for (;;) {
        if (++given === 3) abort.abort();
        yield { input: 'a', output: 'b' };
      }
    } finally {
      closed = true;
    }
  }
  await expect(openInput(records(), abort.signal)).rejects.toMatchObject({ code: 'aborted' });
  await new Promise((resume) => setTimeout(resume));
  expect([given <= 4, closed]).toEqual([true, true]);
});
