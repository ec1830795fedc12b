import { join } from 'node:path';
import { RUN_VERSION, type RunHeader } from '../contract/eval-run.ts';
import type { Target } from '../contract/eval-target.ts';
import type { FixTrial } from '../contract/fix.ts';
import type { Judge } from '../contract/judge.ts';
import type { FixFile, FixProposal } from '../culprit.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { packageVersion } from '../platform/package-file.ts';
import { openRunFile } from '../platform/run-file.ts';
import { fileCopies } from '../platform/target/file-copies.ts';
import { toolServer } from '../platform/target/tool-server.ts';
import {
  type ReadSuite,
  type SelectedSuite,
  selectSuites,
  type TriedFix,
  tightest,
  tryFixes,
} from '../verify/verify.ts';
import { budgetOf } from './budget-of.ts';
import { evalProgress } from './eval-progress.ts';
import type { FixOptions } from './fix-options.ts';
import { scriptLoader } from './load-script.ts';
import { openTarget } from './open-target.ts';
import { runId } from './run-id.ts';
import { sender } from './send-attempt.ts';
import type { spendSlices } from './spend-slices.ts';
import { stopSignal } from './stop-signal.ts';

interface Trial {
  readonly proposals: readonly FixProposal[];
  readonly read: ReadSuite;
  /** Whether the suite was made for this. */
  readonly isNew: boolean;
  readonly declared: { readonly prompt: FixFile | null; readonly tools: FixFile | null };
  /** Folder for records of runs. */
  readonly runs: string;
  readonly judge: Judge | null;
}

/** What trying hypotheses came to. */
export interface TrialResult {
  readonly tried: readonly TriedFix[];
  /** The same as lines to remember. */
  readonly trials: readonly FixTrial[];
  readonly suite: SelectedSuite;
  readonly isNew: boolean;
  /** What spends the slice; null where no run decided. */
  readonly spends: Parameters<typeof spendSlices> | null;
  readonly pathOf: (header: RunHeader) => string;
}

/** Tries each hypothesis on a copy of the prompt and the tools, against the target with copies as they are. */
export async function tryOnTarget(
  { proposals, read, isNew, declared, runs, judge }: Trial,
  options: FixOptions,
): Promise<TrialResult> {
  const spec = options.target!;
  const first = runId();
  const [suite] = selectSuites([read], {
    ...{ labels: [], run: first, slice: options.slice, repeats: options.repeat ?? null },
  });
  const selected = suite!;
  using copies = fileCopies();
  const open = (folder: string, version: string | null, texts: FixProposal['patched']) =>
    openTarget(spec, '--target', version, {
      ...options,
      ...{ request: undefined, response: undefined, header: [] },
      prompt: copyOf(declared.prompt, texts.prompt, folder),
      tools: copyOf(declared.tools, texts.tools, folder),
    });
  const copyOf = (file: FixFile | null, text: string | null, folder: string) =>
    file === null ? undefined : copies.write(folder, file.name, text ?? file.text);
  const baseline = await open('as-it-is', null, { prompt: null, tools: null });
  const tools =
    options.toolResults === undefined || options.toolResults === 'live' ? null : await toolServer();
  const stop = stopSignal();
  const progress = await evalProgress(process.stderr);
  const pathOf = ({ id }: RunHeader): string => join(runs, `${id}.jsonl`);
  const { maxCalls, maxTokens, maxCost } = options;
  const given = budgetOf({ calls: maxCalls, tokens: maxTokens, dollars: maxCost });
  try {
    const tried = await tryFixes({
      ...{ suite: selected, readsFiles: baseline.record.kind !== 'model' },
      hypotheses: proposals.map(({ hypothesis }) => hypothesis),
      budget: tightest([given, selected.suite.register.budget]),
      open: async ({ id }, { budget, family }) => {
        const { patched } = proposals.find(({ hypothesis }) => hypothesis.id === id)!;
        const target = await open(id, id, patched);
        const header = await headerOf({ selected, target, baseline, judge, first }, options, {
          ...{ budget, family, run: id === proposals[0]!.hypothesis.id ? first : runId() },
        });
        const log = openRunFile(pathOf(header), null);
        return {
          ...{ header, write: log.write, close: log.close },
          send: sender({ target, baseline, server: tools, clock: systemClock }, options),
        };
      },
      services: ({ file }) => ({ judge, script: scriptLoader(file) }),
      ...{ concurrency: options.concurrency, signal: stop.signal, progress: progress.update },
      now: () => new Date(systemClock.now()).toISOString(),
    });
    const decided = tried.find(({ verdict }) => verdict !== 'incomplete');
    return {
      ...{ tried, suite: selected, isNew, pathOf },
      trials: tried.map((each) => trialOf(each, selected, spec)),
      spends: decided === undefined ? null : [decided.result, decided.header],
    };
  } finally {
    progress.stop();
    stop.release();
    await tools?.[Symbol.asyncDispose]();
  }
}

interface HeaderParts {
  readonly selected: SelectedSuite;
  readonly target: Target;
  readonly baseline: Target;
  readonly judge: Judge | null;
  readonly first: string;
}

async function headerOf(
  { selected: { file, hash, suite, reused }, target, baseline, judge }: HeaderParts,
  { seed, toolResults, attemptTokens, attemptCost }: FixOptions,
  {
    budget,
    family,
    run,
  }: { readonly budget: RunHeader['budget']; readonly family: number; readonly run: string },
): Promise<RunHeader> {
  return {
    ...{ kind: 'run', version: RUN_VERSION, id: run, isAa: false, labels: [], seed, family },
    createdAt: new Date(systemClock.now()).toISOString(),
    toolVersion: await packageVersion(),
    suites: [
      {
        ...{ file, hash, cause: suite.cause.id, register: suite.register, reused },
        cases: suite.cases.map((each) => each.id),
      },
    ],
    ...{ toolResults: toolResults ?? null, judge: judge?.id ?? null, budget },
    ...{ target: target.record, baseline: baseline.record },
    attemptLimit: budgetOf({ tokens: attemptTokens, dollars: attemptCost }),
  };
}

const trialOf = (
  { hypothesis, verdict, sentence, needed, header }: TriedFix,
  { suite }: SelectedSuite,
  target: string,
): FixTrial => ({
  ...{ kind: 'trial', at: header.createdAt, cause: suite.cause.id, hypothesis, target },
  ...{ run: header.id, verdict, sentence, needed },
});
