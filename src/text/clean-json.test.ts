import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanJson } from './clean-json.ts';

describe('cleaning', () => {
  it('gives the same object when there is nothing to take out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        fc.pre(!/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
        expect(cleanJson(parsed)).toBe(parsed);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('drops prototype keys at any depth, escaped ones too', () => {
    const text =
      '{"a":[{"__proto__":{"x":1},"b":{"constructor":1,"prototype":2,"\\u005f_proto__":3,"c":4}}]}';
    const cleaned = cleanJson(JSON.parse(text));
    expect(JSON.stringify(cleaned)).toBe('{"a":[{"b":{"c":4}}]}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('cuts what is nested deeper than 100 without recursing on', () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(JSON.stringify(cleanJson(JSON.parse(text)))).toBe(
      `${'['.repeat(100)}null${']'.repeat(100)}`,
    );
  });
});
