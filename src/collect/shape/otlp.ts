import type { JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { decodeOtlpJson } from '../otlp/decode-json.ts';
import type { Shape } from './shape.ts';

const isTraces = (value: JsonObject) => 'resourceSpans' in value || 'resource_spans' in value;
const isLogs = (value: JsonObject) => 'resourceLogs' in value || 'resource_logs' in value;
const inside = (value: JsonObject, key: string, test: (inner: JsonObject) => boolean): boolean => {
  const inner = value[key];
  return isRecord(inner) && test(inner);
};
const read: Shape['read'] = (value, { onProblem }) => decodeOtlpJson(value, onProblem);

/** OTLP in JSON, and the variants that differ only in wrapping or spelling. */
export const otlpShapes: readonly Shape[] = [
  {
    format: 'otlp-json (traces)',
    clues: ['resourceSpans', 'resource_spans'],
    matches: isTraces,
    read,
  },
  { format: 'otlp-json (logs)', clues: ['resourceLogs', 'resource_logs'], matches: isLogs, read },
  {
    format: 'otlp-json (metrics)',
    clues: ['resourceMetrics'],
    matches: (value) => 'resourceMetrics' in value,
    read: () => [],
  },
  {
    format: 'tempo-v1',
    clues: ['batches'],
    matches: (value) => Array.isArray(value['batches']),
    read,
  },
  {
    format: 'tempo-v2',
    clues: ['trace'],
    matches: (value) => inside(value, 'trace', isTraces),
    read,
  },
  {
    format: 'jaeger-v3',
    clues: ['result'],
    matches: (value) => inside(value, 'result', isTraces),
    read,
  },
  {
    format: 'otlp-json (span)',
    clues: ['startTimeUnixNano'],
    matches: (value) => 'startTimeUnixNano' in value,
    read,
  },
  {
    format: 'phoenix-otlpv1',
    clues: ['start_time_unix_nano'],
    matches: (value) => 'start_time_unix_nano' in value,
    read,
  },
];
