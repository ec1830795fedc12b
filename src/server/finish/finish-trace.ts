import { placer } from '../../cause/cause.ts';
import type { RawRecord } from '../../collect/collect.ts';
import type { FactRow } from '../../contract/fact-rows.ts';
import { detectOptions, judgeTrace, type TraceVerdict } from '../../detect/detect.ts';
import { type AssignmentRow, assignmentVersion, ROLLING } from '../../store/telemetry/rows.ts';
import type { TraceRow } from '../../store/telemetry/telemetry.ts';
import { definitionRows } from './definition-rows.ts';
import { elsewhereRows } from './elsewhere-rows.ts';
import type { FinishedRows, FinishedTrace, ProjectJudging } from './finished-trace.ts';
import { signalRows } from './signal-rows.ts';
import { assembled } from './stored-trace.ts';
import { traceRow } from './trace-row.ts';

/**
 * Makes the rows of a finished trace: what it was, how it failed, by which cause, what it ran with, and what it says about
 * other traces. No row of a trace when its records hold no span, or nothing but scores about other traces.
 */
export type FinishTrace = (finished: FinishedTrace, records: readonly RawRecord[]) => FinishedRows;

export function traceFinisher({
  options,
  model,
  version: detectorVersion,
}: ProjectJudging): FinishTrace {
  const asked = detectOptions(options);
  const place = placer(model?.causes ?? []);
  const assignmentOf = (
    facts: FactRow | null,
    row: TraceRow,
    isFirst: boolean,
  ): AssignmentRow[] => {
    // A trace that did not fail and never had a row needs none.
    if (model === null || (facts === null && isFirst && row.version === 1)) return [];
    const { project, traceId, anchor, expires, environment } = row;
    const { cause, met } = facts === null ? NO_CAUSE : place(facts);
    const cluster = model.causes[cause]?.id ?? '';
    const distance = met > 1 ? 1 - 1 / met : 0;
    const version = assignmentVersion(model.at, row.version);
    return [
      {
        ...{ project, traceId, anchor, expires, environment, detectorVersion },
        ...{ clustering: ROLLING, cluster, distance, version },
      },
    ];
  };
  return (finished, records) => {
    const { trace, elsewhere } = assembled(finished.traceId, records, finished.format);
    const isFirst = finished.known === undefined;
    const scores = isFirst ? elsewhereRows(elsewhere, finished) : [];
    if (trace === null) return { ...NO_ROWS, scores };
    const verdict = judgeTrace(trace, asked, model?.facts ?? null);
    const row = traceRow(trace, verdict, { ...finished, detectorVersion });
    const assignments = assignmentOf(verdict.facts, row, isFirst);
    // Without a model there is no assignment to say which version judged it.
    return model !== null && isSame(finished.known, verdict, row)
      ? { ...NO_ROWS, assignments }
      : {
          ...{ traces: [row], signals: signalRows(verdict.signals, row), scores, assignments },
          definitions: isFirst ? definitionRows(trace, row) : [],
        };
  };
}

const NO_CAUSE = { cause: -1, met: 0 } as const;

export const NO_ROWS: FinishedRows = {
  ...{ traces: [], signals: [], scores: [], assignments: [], definitions: [] },
};

/** Of several traces, together. */
export const joinedRows = (all: readonly FinishedRows[]): FinishedRows => ({
  traces: all.flatMap(({ traces }) => traces),
  signals: all.flatMap(({ signals }) => signals),
  scores: all.flatMap(({ scores }) => scores),
  assignments: all.flatMap(({ assignments }) => assignments),
  definitions: all.flatMap(({ definitions }) => definitions),
});

const isSame = (
  known: FinishedTrace['known'],
  { isEligible, failed }: TraceVerdict,
  { signals }: TraceRow,
): boolean =>
  known !== undefined &&
  known.eligible === isEligible &&
  known.failed === failed &&
  known.signals.join() === signals.join();
