import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { impliedVersion } from './prompt-version.ts';

it('names an unnumbered prompt by the first 12 digits of its SHA-256', () => {
  const prompt = 'Sei höflich – always.';
  const hash = createHash('sha256').update(prompt).digest('hex');
  expect(impliedVersion(prompt)).toBe(`sha:${hash.slice(0, 12)}`);
});

it('gives one version to prompts that differ only in dates, ids, addresses and spacing', () => {
  const version = impliedVersion('Today is 2026-01-05. Customer c_4711, ada@example.org.');
  expect(impliedVersion('Today is 2026-02-17.  Customer c_12, bob@example.org.')).toBe(version);
  expect(impliedVersion('Today is 2026-01-05. Client c_4711, ada@example.org.')).not.toBe(version);
});

it('gives no version where there is no system prompt', () => {
  expect(impliedVersion('')).toBeNull();
});
