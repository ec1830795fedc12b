import { ANALYSIS_VERSION } from '../../contract/analysis-version.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Json } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';

/** The error for a file that holds what Culprit printed, not traces; null for any other value. */
export function givenAnalysis(file: string, value: Json): CulpritError | null {
  if (!isRecord(value)) return null;
  const { version, funnel, clusters } = value;
  if (typeof version !== 'number' || !isList(funnel) || !isList(clusters)) return null;
  return new CulpritError(
    'unknown_format',
    version < ANALYSIS_VERSION
      ? `${file} is an analysis by an older version of Culprit, not a file of traces: run culprit analyze again on the traces`
      : `${file} is an analysis by Culprit, not a file of traces: give the traces instead`,
  );
}
