import { describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { analyze } from '../src/culprit.ts';
import { sentence, statement, tool } from '../src/text/statement.ts';
import { isClaimedBy, wrongClaims } from './title-claims.ts';

const MINUTES = 60_000;

const analyzed = async (lines: readonly string[], options = {}) =>
  (await analyze(Buffer.from(`${lines.join('\n')}\n`), options)).analysis;

describe('titles over the demo', () => {
  const { lines } = simulate({ runs: 300, seed: 3 });
  test.each([
    {},
    { all: true },
    { algorithm: 'kmeans', view: 'output' },
    { view: 'input' },
    { granularity: 'finest' },
  ])(
    'with %j, titles hold for nine in ten members, and evidence supports them',
    async (options) => {
      const analysis = await analyzed(lines, options);
      expect(analysis.clusters.length).toBeGreaterThan(0);
      expect(wrongClaims(analysis)).toEqual([]);
    },
    MINUTES,
  );
});

describe('the check itself', () => {
  const said = statement`${tool('search')} was called without ${tool('page')}`;
  test.each([
    ['`search` was called without `page`', true],
    ['A tool was called without `page` (8 tools)', true],
    ['`find` or `search` was called without a tool (4 tools)', true],
    ['A field was called without `page` (4 fields)', false],
    ['The run looped, or `search` was called without `page`', true],
    ['The run looped, or one of 2 similar problems', true],
    ['`find` was called without `page`', false],
    ['`search` was called', false],
    ['`search` was called without `page` twice', false],
    ['The run looped', false],
  ])('%s: %s', (title, expected) => {
    expect(isClaimedBy(title, said)).toBe(expected);
  });

  test('a theme in brackets says nothing', () => {
    expect(isClaimedBy('It refused', sentence('It refused (violence)'))).toBe(true);
  });
});
