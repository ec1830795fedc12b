import { expect, test, vi } from 'vitest';
import { CulpritError } from './culprit-error.ts';

test('an error of another copy of the class is one, and no other error is', async () => {
  vi.resetModules();
  const copy = await import('./culprit-error.ts');
  expect(copy.CulpritError).not.toBe(CulpritError);
  expect(new copy.CulpritError('internal', 'x')).toBeInstanceOf(CulpritError);
  expect(new CulpritError('internal', 'x')).toBeInstanceOf(CulpritError);
  expect(new Error('x')).not.toBeInstanceOf(CulpritError);
  class Special extends CulpritError {}
  expect(new Special('internal', 'x')).toBeInstanceOf(Special);
  expect(new CulpritError('internal', 'x')).not.toBeInstanceOf(Special);
  expect({ code: 'internal' }).not.toBeInstanceOf(CulpritError);
});
