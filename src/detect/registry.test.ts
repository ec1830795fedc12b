import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectors } from './registry.ts';
import { taxonomy } from './taxonomy.ts';

const folder = join(import.meta.dirname, 'detectors');

describe('the built-in detectors', () => {
  test.each(readdirSync(folder))('%s has a test named like it', (name) => {
    expect(existsSync(join(folder, name, `${name}.test.ts`))).toBe(true);
  });

  test('own the nine canonical causes, each with a pass criterion, a severity and a cost', () => {
    const categories = taxonomy(detectors, []);
    const ids = categories.map(({ id }) => id);
    for (const id of [
      'groundedness_miss',
      'hallucinated_entity',
      'retrieval_miss',
      'refusal_over_trigger',
      'refusal_under_trigger',
      'tool_argument_mismatch',
      'tool_wrong_tool',
      'agent_loop',
      'schema_violation',
    ])
      expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { definition, severity, fixCost } of categories) {
      expect(definition.endsWith('.')).toBe(true);
      expect(severity).toBeGreaterThanOrEqual(1);
      expect(severity).toBeLessThanOrEqual(5);
      expect(fixCost).toBeGreaterThanOrEqual(1);
    }
  });

  test('define each category once', () => {
    const ids = detectors.flatMap(({ categories }) => categories.map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)]);
  });
});
