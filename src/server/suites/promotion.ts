import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { resolveOptions } from '../../contract/options.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import { taxonomy } from '../../detect/detect.ts';
import type { SuiteFileText } from '../../platform/suite-folder.ts';
import { redactor } from '../../redact/redact.ts';
import { scan } from '../../scan/scan.ts';
import { type Promotion, promoteMembers, suitesIn } from '../../verify/verify.ts';

/** What a suite is made of: a cause, and the traces that its cases may come from. */
export interface PromotionTask {
  /** The traces, as `storedSource` gives them. */
  readonly traces: readonly Uint8Array[];
  readonly analysis: Pick<Analysis, 'files' | 'facts' | 'toolVersion' | 'options'>;
  readonly cluster: Cluster;
  /** Ids of the failures of the cause, in the order of the analysis, and of traces that passed. */
  readonly members: readonly string[];
  readonly passing: readonly string[];
  readonly picks: readonly string[];
  readonly redaction: 'mask' | 'off';
  readonly added: SuiteCase['added'];
  readonly name: string | null;
  /** The files of the suite folder. */
  readonly files: readonly SuiteFileText[];
}

/** Fewer failures make no suite that proves a fix. */
const FEWEST = 3;

/**
 * Turns stored failures of a cause into its suite, through the same steps as `culprit promote`: the traces are judged by
 * the facts of their analysis, so that each is the failure that it was there.
 * @throws CulpritError `no_traces` where too few of the failures are stored, `invalid_suite` for a folder with a broken
 * suite, `invalid_option` as `promoteMembers` does.
 */
export async function promoteStored(task: PromotionTask): Promise<Promotion> {
  const { analysis, cluster, redaction } = task;
  const { scores, stepBudget, seed } = analysis.options;
  const source = { name: 'the stored traces', size: null, open: () => piecesOf(task.traces) };
  const found =
    task.traces.length === 0
      ? null
      : await scan(
          { kind: 'bytes', sources: [source] },
          {
            ...resolveOptions({}),
            ...{ scores, stepBudget, seed, sample: Number.MAX_SAFE_INTEGER },
            ...{ policy: null, detectors: [], ledger: null },
          },
          { frozen: analysis.facts },
        );
  const detected = found?.detected;
  const failures = new Map(detected?.failures.map((each) => [each.trace.id, each]));
  const members = task.members.flatMap((id) => failures.get(id) ?? []);
  if (detected === undefined || members.length < FEWEST) throw tooFew(members.length);
  const passed = new Map(detected.passing.map((trace) => [trace.id, trace]));
  const shown = redactor({ mode: redaction }).detected(detected);
  const redacted = new Map<Trace, Trace>([
    ...detected.failures.map(({ trace }, row) => [trace, shown.failures[row]!.trace] as const),
    ...detected.passing.map((trace, row) => [trace, shown.passing[row]!] as const),
  ]);
  return await promoteMembers({
    ...{ analysis, cluster, members, redaction, added: task.added, picks: task.picks },
    passing: task.passing.flatMap((id) => passed.get(id) ?? []),
    categories: taxonomy({ detectors: [], checks: [] }),
    redact: (trace) => redacted.get(trace)!,
    policy: null,
    // Code beside a suite is not run, and no model is asked.
    services: { judge: null, script: null },
    suites: suitesIn(task.files),
    ...(task.name !== null && { name: task.name }),
  });
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

const tooFew = (left: number): CulpritError =>
  new CulpritError(
    'no_traces',
    `a suite needs ${FEWEST} failures, and ${left === 0 ? 'none' : `only ${left}`} of this cause ${left === 1 ? 'is' : 'are'} stored and not left out: wait for more, or merge causes that are the same`,
  );
