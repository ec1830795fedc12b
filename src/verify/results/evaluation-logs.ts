import type { CheckRecord } from '../../contract/check-use.ts';
import type { AttemptRecord, RunHeader } from '../../contract/eval-run.ts';
import { verdictOf } from '../checks/use-check.ts';
import { attemptKey } from '../run/plan-attempts.ts';
import { contentHash } from '../suite/suite-hash.ts';

/** Name of the event, by the OpenTelemetry conventions for generative AI. */
const EVENT = 'gen_ai.evaluation.result';
/** Name of the evaluation that sums up an attempt. */
const WHOLE = 'culprit.case';

/** A run as OTLP logs, one line of JSON (a `LogsData`) per attempt: an event for each check, then one for the attempt. */
export function evaluationLogs(header: RunHeader): (attempt: AttemptRecord) => object {
  const { id, toolVersion } = header;
  return (attempt) => {
    const whole = wholeOf(attempt);
    const records = [
      ...attempt.checks.map((check) => recordOf(id, attempt, check.check, checkAttributes(check))),
      recordOf(id, attempt, WHOLE, whole),
    ];
    return {
      resourceLogs: [
        {
          resource: { attributes: [text('service.name', 'culprit')] },
          scopeLogs: [{ scope: { name: 'culprit', version: toolVersion }, logRecords: records }],
        },
      ],
    };
  };
}

type Attribute = { readonly key: string; readonly value: object };

const text = (key: string, stringValue: string): Attribute => ({ key, value: { stringValue } });
const number = (key: string, doubleValue: number): Attribute => ({ key, value: { doubleValue } });

function recordOf(
  run: string,
  attempt: AttemptRecord,
  name: string,
  attributes: readonly Attribute[],
): object {
  const { arm, cause, case: id, repeat, at } = attempt;
  const time = `${Date.parse(at)}000000`;
  return {
    ...{ timeUnixNano: time, observedTimeUnixNano: time, eventName: EVENT },
    ...placeOf(run, attempt),
    attributes: [
      text('gen_ai.evaluation.name', name),
      ...attributes,
      text('culprit.run', run),
      text('culprit.arm', arm),
      text('culprit.cause', cause),
      text('culprit.case', id),
      { key: 'culprit.repeat', value: { intValue: String(repeat) } },
    ],
  };
}

/** The span that was judged: the root of the trace that the target returned; ids of our own where it has none. */
function placeOf(run: string, attempt: AttemptRecord): object {
  const { trace } = attempt;
  if (trace === null || !/^[0-9a-f]{32}$/.test(trace.id)) {
    const key = `${run} ${attemptKey(attempt)}`;
    return { traceId: `${contentHash(key)}${contentHash(`${key} trace`)}` };
  }
  const root = trace.spans.find(({ parentId }) => parentId === null)?.id ?? '';
  return { traceId: trace.id, ...(/^[0-9a-f]{16}$/.test(root) ? { spanId: root } : {}) };
}

/** The value that was measured, else 1 for pass and 0 for fail; none where nothing could be told. */
function checkAttributes({
  verdict,
  value,
  reason,
  negate,
  provisional,
}: CheckRecord): readonly Attribute[] {
  const score = value ?? SCORES[verdict];
  return [
    ...(score === null ? [] : [number('gen_ai.evaluation.score.value', score)]),
    text('gen_ai.evaluation.score.label', verdict),
    text('gen_ai.evaluation.explanation', reason),
    ...(negate === true ? [flag('culprit.negate')] : []),
    ...(provisional === true ? [flag('culprit.provisional')] : []),
  ];
}

const flag = (key: string): Attribute => ({ key, value: { boolValue: true } });

const SCORES = { pass: 1, fail: 0, cannot_tell: null } as const;

function wholeOf({ status, error, checks }: AttemptRecord): readonly Attribute[] {
  if (status === 'error')
    return [
      text('gen_ai.evaluation.score.label', 'error'),
      text('gen_ai.evaluation.explanation', error?.message ?? ''),
      text('error.type', error?.code ?? '_OTHER'),
    ];
  const verdict = verdictOf(checks);
  const score = SCORES[verdict];
  return [
    ...(score === null ? [] : [number('gen_ai.evaluation.score.value', score)]),
    text('gen_ai.evaluation.score.label', verdict),
  ];
}
