import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, stringOf, structured } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { observationSpan, traceSpan } from './langfuse-observation.ts';
import { annotatorOf, namedScore } from './score.ts';
import type { Shape, ShapeContext } from './shape.ts';
import { scoreRecord, spanIdOf, spanRecord, traceIdOf } from './span.ts';

const has = (value: JsonObject, ...keys: readonly string[]): boolean =>
  keys.every((key) => key in value);

const ingestion: Shape = {
  format: 'langfuse-ingestion',
  clues: ['batch'],
  matches: (value) => {
    const batch = value['batch'];
    const first = isList(batch) ? batch[0] : undefined;
    return isRecord(first) && has(first, 'type', 'body');
  },
  read: (value, context) => objects(value['batch']).flatMap((event) => ingested(event, context)),
};

const download: Shape = {
  format: 'langfuse-trace',
  clues: ['observations'],
  matches: (value) => isRecord(value['trace']) && isList(value['observations']),
  read: (value) =>
    wholeTrace({ ...(value['trace'] as JsonObject), observations: value['observations'] }),
};

const apiTrace: Shape = {
  format: 'langfuse-trace',
  clues: ['observations'],
  matches: (value) => isList(value['observations']) && has(value, 'id', 'timestamp'),
  read: wholeTrace,
};

const observation: Shape = {
  format: 'langfuse-observation',
  clues: ['type'],
  matches: (value) =>
    has(value, 'traceId', 'type', 'startTime') ||
    has(value, 'trace_id', 'type', 'parent_observation_id') ||
    has(value, 'traceId', 'type', 'parentObservationId'),
  read: (value) => [
    spanRecord(
      observationSpan(
        value,
        // Exported rows include some of their trace's columns.
        {
          name: value['traceName'],
          tags: value['traceTags'] ?? value['tags'],
          userId: value['userId'],
          sessionId: value['sessionId'],
          release: value['release'],
        },
      ),
    ),
    ...scoreColumns(value, traceIdOf(pick(value, 'traceId', 'trace_id')), spanIdOf(value['id'])),
  ],
};

const score: Shape = {
  format: 'langfuse-score',
  clues: ['dataType', 'data_type'],
  matches: (value) =>
    (has(value, 'dataType', 'name') || has(value, 'data_type', 'name')) &&
    ('value' in value || 'stringValue' in value || 'string_value' in value),
  read: (value) => scoreRecords(value),
};

/** A row of the traces table: of the list API, an export or the blob storage. */
const traceRow: Shape = {
  format: 'langfuse-trace-row',
  clues: ['release'],
  matches: (value) =>
    has(value, 'id', 'timestamp', 'name') &&
    (has(value, 'sessionId', 'release') || has(value, 'session_id', 'release')) &&
    !('type' in value),
  read: (value) => wholeTrace(value),
};

/** In the order in which they are tried. */
export const langfuseShapes: readonly Shape[] = [
  ingestion,
  download,
  apiTrace,
  observation,
  score,
  traceRow,
];

function wholeTrace(trace: JsonObject): readonly RawRecord[] {
  const traceId = traceIdOf(trace['id']);
  const observations = objects(trace['observations']);
  const spans = observations.map((each) => spanRecord(observationSpan(each, trace)));
  return [
    ...(spans.length > 0 ? spans : [spanRecord(traceSpan(trace))]),
    ...objects(trace['scores']).flatMap((each) => scoreRecords({ traceId, ...filledScore(each) })),
    ...objects(trace['corrections']).flatMap((each) =>
      scoreRecords({ traceId, ...filledScore(each), dataType: 'CORRECTION' }),
    ),
    ...scoreColumns(trace, traceId, null),
  ];
}

function filledScore(score: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(score).filter(([, value]) => value !== null));
}

function scoreRecords(given: JsonObject): readonly RawRecord[] {
  const row = { ...subjectOf(given['subject']), ...given };
  const judged = scoreOf(row);
  const id = stringOf(row['id']);
  const traceId = traceIdOf(pick(row, 'traceId', 'trace_id'));
  const sessionId = stringOf(pick(row, 'sessionId', 'session_id'));
  const environment = stringOf(row['environment']);
  if (judged === null || (traceId === '' && sessionId === null)) return [];
  return [
    scoreRecord({
      traceId: traceId === '' ? null : traceId,
      sessionId,
      responseId: null,
      score: judged,
      ...(id !== null && { id }),
      ...(environment !== null && { environment }),
    }),
  ];
}

/** What a score of the third version of the API is about. */
function subjectOf(subject: Json | undefined): JsonObject {
  if (!isRecord(subject)) return {};
  const { kind, id, traceId } = subject;
  if (kind === 'trace') return { traceId: id ?? null };
  if (kind === 'observation') return { observationId: id ?? null, traceId: traceId ?? null };
  return kind === 'session' ? { sessionId: id ?? null } : {};
}

function scoreOf(row: JsonObject): Score | null {
  const name = stringOf(row['name']);
  if (name === null) return null;
  const type = stringOf(pick(row, 'dataType', 'data_type'));
  const raw = row['value'];
  const textValue = stringOf(pick(row, 'stringValue', 'string_value'));
  const text = stringOf(pick(row, 'longStringValue', 'long_string_value'));
  const spanId = spanIdOf(pick(row, 'observationId', 'observation_id'));
  const isCorrection = type === 'CORRECTION';
  const isText = type === 'CATEGORICAL' || type === 'TEXT' || isCorrection;
  return {
    name: isCorrection ? 'correction' : name,
    value: isText ? null : numberOf(raw),
    label: isCorrection
      ? 'corrected'
      : (textValue ?? (numberOf(raw) === null ? stringOf(raw) : null)),
    explanation: stringOf(row['comment']) ?? text,
    annotator: annotatorOf(stringOf(row['source'])),
    spanId: spanId === '' ? null : spanId,
  };
}

/** Exports add one column per score name, with the list of its values. */
function scoreColumns(row: JsonObject, traceId: string, spanId: string | null): RawRecord[] {
  const records: RawRecord[] = [];
  for (const [name, cell] of Object.entries(row)) {
    if (KNOWN_COLUMNS.has(name) || cell === undefined || cell === null) continue;
    const values = structured(cell);
    if (!isList(values)) continue;
    for (const value of values) {
      if (typeof value === 'object') continue;
      const judged = namedScore(name, value);
      if (judged === null) continue;
      records.push(
        scoreRecord({ traceId, sessionId: null, responseId: null, score: { ...judged, spanId } }),
      );
    }
  }
  return records;
}

const KNOWN_COLUMNS: ReadonlySet<string> = new Set([
  'tags',
  'traceTags',
  'trace_tags',
  'comments',
  'observations',
  'scores',
  'corrections',
  'input',
  'output',
  'metadata',
  'toolCalls',
  'tool_calls',
  'toolCallNames',
  'tool_call_names',
  'toolDefinitions',
  'tool_definitions',
  'modelParameters',
  'model_parameters',
]);

function ingested(event: JsonObject, context: ShapeContext): readonly RawRecord[] {
  const type = stringOf(event['type']) ?? '';
  const { body } = event;
  if (!isRecord(body)) {
    context.onProblem('bad_event', `the ${type} event has no body`);
    return [];
  }
  if (type === 'score-create') return scoreRecords({ timestamp: event['timestamp'], ...body });
  const id = stringOf(body['id']) ?? stringOf(event['id']) ?? '';
  if (!/-(?:create|update)$/.test(type) && type !== 'sdk-log') {
    context.onProblem(
      'bad_event',
      `the type ${JSON.stringify(type.slice(0, 40))} of an event is not known`,
    );
    return [];
  }
  const kind = type.replace(/-(create|update)$/, '');
  if (kind === 'trace') {
    context.hold(
      `langfuse-trace:${id}`,
      { ...body, timestamp: body['timestamp'] ?? event['timestamp'] },
      (whole) => [spanRecord(traceSpan(whole))],
    );
  } else if (kind === 'sdk-log') {
    return [];
  } else {
    const typed = kind === 'observation' ? body : { ...body, type: body['type'] ?? kind };
    context.hold(`langfuse-observation:${id}`, typed, (whole) => [
      spanRecord(observationSpan(whole)),
    ]);
  }
  return [];
}

function objects(value: Json | undefined): JsonObject[] {
  return isList(value) ? value.filter((item): item is JsonObject => isRecord(item)) : [];
}
