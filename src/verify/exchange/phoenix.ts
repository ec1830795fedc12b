import type { ReadSuite } from '../suite/read-suites.ts';
import { datasetName, datasetRows } from './dataset.ts';
import type { Exported } from './exported.ts';

/** Bodies of `POST /v1/datasets/upload`, one file per cause. Source: Phoenix’s REST API. */
export function toPhoenix(suites: readonly ReadSuite[]): Exported {
  const all = suites.map((read) => datasetRows([read], 'Phoenix'));
  return {
    files: all.flatMap(({ rows }) => {
      const [first] = rows;
      if (first === undefined) return [];
      const upload = {
        action: 'create',
        name: datasetName(first.each),
        description: first.each.read.suite.cause.title,
        inputs: rows.map(({ input }) => input),
        outputs: rows.map(({ expected }) => expected ?? {}),
        metadata: rows.map(({ metadata }) => metadata),
      };
      return [
        {
          path: `phoenix-${first.each.read.suite.cause.id}.json`,
          text: `${JSON.stringify(upload, null, 1)}\n`,
        },
      ];
    }),
    losses: all.flatMap(({ losses }) => losses),
    next: 'post each file to /v1/datasets/upload?sync=true; docs/exchange.md has the command',
  };
}
