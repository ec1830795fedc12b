import { expect, test } from 'vitest';
import { traitsOf } from './traits.ts';

test('keeps what was recorded and cuts long values', () => {
  expect(
    traitsOf({
      promptVersion: 'v4',
      release: '',
      model: null,
      tenant: 't'.repeat(300),
      startTime: Number.NaN,
    }),
  ).toEqual({
    promptVersion: 'v4',
    release: null,
    model: null,
    tenant: 't'.repeat(200),
    startTime: null,
  });
});
