import { describe, expect, it } from 'vitest';
import { readOpenBench } from '../bench/open-bench.ts';
import { analyze } from '../src/culprit.ts';
import { wrongClaims } from './title-claims.ts';

const bench = await readOpenBench();
if (bench === null) console.warn('skipped: the open bench is not beside the repository');

describe.skipIf(bench === null)('titles over the open bench', () => {
  const sources = [...Map.groupBy(bench ?? [], ({ source }) => source)];
  it.each(sources)(
    '%s: titles hold for nine in ten members, and evidence supports them',
    async (_, traces) => {
      const lines = traces.map(({ line }) => line).join('\n');
      const { analysis } = await analyze(Buffer.from(`${lines}\n`));
      expect(wrongClaims(analysis)).toEqual([]);
    },
  );
});
