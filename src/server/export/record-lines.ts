import { storedLine } from '../../collect/collect.ts';
import type { StoredTrace } from '../../store/telemetry/telemetry.ts';

/** Culprit's own records, one a line: all that is stored. */
export function* recordLines({ records }: StoredTrace): Generator<string> {
  for (const record of records) yield JSON.stringify(storedLine(record));
}
