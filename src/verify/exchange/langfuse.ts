import type { ReadSuite } from '../suite/read-suites.ts';
import { datasetName, datasetRows } from './dataset.ts';
import { type Exported, jsonLines } from './exported.ts';

/** Bodies of `POST /api/public/dataset-items`, one a line. Source: Langfuse’s public API, CreateDatasetItemRequest. */
export function toLangfuse(suites: readonly ReadSuite[]): Exported {
  const { rows, losses } = datasetRows(suites, 'Langfuse');
  const items = rows.map(({ each, input, expected, metadata }) => ({
    datasetName: datasetName(each),
    id: each.id.replace('/', '-'),
    input,
    expectedOutput: expected,
    metadata,
    sourceTraceId: each.entry.trace,
  }));
  return {
    files: [{ path: 'langfuse-items.jsonl', text: jsonLines(items) }],
    losses,
    next: 'create the datasets that the items name, then post each line to /api/public/dataset-items; docs/exchange.md has the command',
  };
}
