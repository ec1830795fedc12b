import type { JsonObject } from '../../../contract/json.ts';
import type { TraceRow } from '../trace-row.ts';

/** A row of `traces` as JSON. Times have names of their own: an alias would hide the column from conditions. */
export type TraceJson = Omit<
  TraceRow,
  'anchor' | 'start' | 'end' | 'received' | 'expires' | 'metadata'
> & {
  readonly anchorMs: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly receivedMs: number;
  readonly expiresDay: number;
  readonly metadataJson: string;
};

const ms = (column: string, name: string): string =>
  `toUnixTimestamp64Micro(${column}) / 1000 AS ${name}`;

export const TRACE_COLUMNS: string = [
  ...['project', 'trace_id AS traceId', 'version', 'name', 'status', 'error_type AS errorType'],
  ...[ms('anchor', 'anchorMs'), ms('start', 'startMs'), ms('`end`', 'endMs')],
  ...['tenant', 'user', 'session', 'environment', 'release', 'prompt_name AS promptName'],
  ...['prompt_version AS promptVersion', 'model', 'provider', 'tags', 'metadata AS metadataJson'],
  ...['input', 'output', 'root_span AS rootSpan', 'span_count AS spanCount'],
  ...['input_tokens AS inputTokens', 'output_tokens AS outputTokens', 'cost', 'scores', 'signals'],
  ...['gaps', 'eligible', 'failed', 'source', 'detector_version AS detectorVersion'],
  ...['service', 'sdk', 'carries', 'lacks', 'weight'],
  ...[ms('received', 'receivedMs'), 'toUInt16(expires) AS expiresDay'],
].join(', ');

const DAY_MS = 86_400_000;

export function traceOfJson({
  anchorMs,
  startMs,
  endMs,
  receivedMs,
  expiresDay,
  metadataJson,
  ...same
}: TraceJson): TraceRow {
  return {
    ...same,
    anchor: anchorMs,
    start: startMs,
    end: endMs,
    received: receivedMs,
    expires: expiresDay * DAY_MS,
    metadata: JSON.parse(metadataJson) as JsonObject,
  };
}
