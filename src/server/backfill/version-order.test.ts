import { expect, test } from 'vitest';
import { isBefore } from './version-order.ts';

test('versions are in the order of Semantic Versioning', () => {
  // https://semver.org, item 11.
  const inOrder = ['1.0.0-alpha', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0'];
  for (const [at, version] of inOrder.entries())
    expect(inOrder.filter((other) => isBefore(version, other))).toEqual(inOrder.slice(at + 1));
});
