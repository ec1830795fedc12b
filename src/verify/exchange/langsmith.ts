import type { ReadSuite } from '../suite/read-suites.ts';
import { datasetRows } from './dataset.ts';
import { type Exported, jsonLines } from './exported.ts';

/** Examples as `Client.create_examples` and the upload of JSON Lines take them. Source: LangSmith’s API, ExampleCreate. */
export function toLangsmith(suites: readonly ReadSuite[]): Exported {
  const { rows, losses } = datasetRows(suites, 'LangSmith');
  const examples = rows.map(({ each, input, expected, metadata }) => ({
    inputs: input,
    outputs: expected,
    metadata,
    split: each.entry.role,
  }));
  return {
    files: [{ path: 'langsmith-examples.jsonl', text: jsonLines(examples) }],
    losses,
    next: 'upload the file as a dataset in LangSmith, or pass its lines to Client.create_examples; docs/exchange.md has the code',
  };
}
