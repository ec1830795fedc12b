import type { JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { runSpan } from './langsmith-run.ts';
import type { Shape, ShapeContext } from './shape.ts';
import { scoreRecord, spanIdOf, spanRecord, traceIdOf } from './span.ts';

const batch: Shape = {
  format: 'langsmith-batch',
  clues: ['post', 'patch'],
  matches: (value) => isList(value['post']) || isList(value['patch']),
  read: (value, context) => {
    const posts = runsIn(value['post']);
    const patches = runsIn(value['patch']);
    return [
      ...posts.flatMap((run) => readRun(run, context, true)),
      // A patch may omit its id: then it belongs to the post with its dotted order or at its index.
      ...patches.flatMap((patch, index) =>
        readRun({ ...patch, id: patch['id'] ?? idOfPatch(patch, posts, index) }, context, true),
      ),
    ];
  },
};

const run: Shape = {
  format: 'langsmith-run',
  clues: ['run_type'],
  matches: (value) => 'run_type' in value,
  read: (value, context) => readRun(value, context, false),
};

const feedback: Shape = {
  format: 'langsmith-feedback',
  clues: ['run_id'],
  matches: (value) => 'run_id' in value && 'key' in value && ('score' in value || 'value' in value),
  read: (value) => feedbackRecord(value),
};

export const langsmithShapes: readonly Shape[] = [batch, run, feedback];

function readRun(value: JsonObject, context: ShapeContext, isPart: boolean): readonly RawRecord[] {
  if (stringOf(value['id']) === null) {
    context.onProblem('bad_span', 'a run without an id');
    return [];
  }
  const children = runsIn(value['child_runs']).flatMap((child) =>
    readRun({ trace_id: value['trace_id'], parent_run_id: value['id'], ...child }, context, false),
  );
  if (!isPart && (value['end_time'] ?? value['error'] ?? null) !== null) {
    return [...wholeRun(value), ...children];
  }
  context.hold(`langsmith-run:${spanIdOf(value['id'])}`, value, wholeRun);
  return children;
}

function wholeRun(value: JsonObject): readonly RawRecord[] {
  const span = runSpan(value);
  const stats = Object.entries(recordOf(value['feedback_stats']));
  return [
    spanRecord(span),
    ...stats.flatMap(([key, stat]) => {
      const score = numberOf(recordOf(stat)['avg']);
      if (score === null) return [];
      const { comments, sources } = recordOf(stat);
      return feedbackRecord({
        trace_id: span.traceId,
        run_id: span.spanId,
        key,
        score,
        comment: isList(comments) ? (comments[0] ?? null) : null,
        feedback_source: { type: isList(sources) ? (sources[0] ?? null) : null },
      });
    }),
  ];
}

function feedbackRecord(value: JsonObject): readonly RawRecord[] {
  const name = stringOf(value['key']);
  if (name === null) return [];
  const raw = value['score'];
  const number = typeof raw === 'boolean' ? Number(raw) : numberOf(raw);
  const label = value['value'];
  const traceId = traceIdOf(value['trace_id']);
  const source = stringOf(recordOf(value['feedback_source'])['type']);
  const id = stringOf(value['id']);
  return [
    scoreRecord({
      traceId: traceId === '' ? null : traceId,
      sessionId: null,
      responseId: null,
      ...(id !== null && { id }),
      score: {
        name,
        value: number ?? numberOf(label),
        label: typeof label === 'string' ? label : null,
        explanation: stringOf(pick(value, 'comment')),
        annotator: source === 'app' ? 'human' : source === 'model' ? 'model' : 'unknown',
        spanId: spanIdOf(value['run_id']),
      },
    }),
  ];
}

function idOfPatch(patch: JsonObject, posts: readonly JsonObject[], index: number) {
  const order = patch['dotted_order'];
  const post = posts.find((each) => order !== undefined && each['dotted_order'] === order);
  return (post ?? posts[index])?.['id'] ?? stringOf(order)?.slice(-36);
}

function runsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
