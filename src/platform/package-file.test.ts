import { expect, test } from 'vitest';
import { readAsset } from './package-file.ts';

test('the package includes the static model, under 10 MB', async () => {
  const bytes = await readAsset('static-model');
  expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('CULPVECS');
  expect(bytes.length).toBeLessThan(10e6);
});
