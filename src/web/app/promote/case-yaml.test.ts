import { expect, test } from 'vitest';
import { caseYaml } from './case-yaml.ts';

const SUITE = `version: 1
cases:
  - id: guard-1
    role: guard
    added:
      at: 2026-11-30

  # the second one
  - id: guard-12
    role: guard
labels:
  - ci
`;

test('finds the lines of one case', () => {
  expect(caseYaml(SUITE, 'guard-1')).toBe(
    '- id: guard-1\n  role: guard\n  added:\n    at: 2026-11-30',
  );
  expect(caseYaml(SUITE, 'guard-12')).toBe('- id: guard-12\n  role: guard');
  expect(caseYaml(SUITE, 'guard-2')).toBe('');
});
