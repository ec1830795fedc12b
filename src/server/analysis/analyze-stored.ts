import type { Analysis } from '../../contract/analysis.ts';
import type { Diff } from '../../contract/diff.ts';
import {
  type ApartCauses,
  FROZEN_MODEL_VERSION,
  type FrozenModel,
  type IdentifiedCause,
  type RememberedCause,
} from '../../contract/frozen-model.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { resolveOptions } from '../../contract/options.ts';
import type { Progress } from '../../contract/progress.ts';
import { embedder } from '../../embed/embed.ts';
import { analyze } from '../../pipeline.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { withExemplars } from '../../report/report.ts';
import {
  attributeName,
  compareAgainst,
  compareSides,
  type Sides,
  sidesBy,
  sidesOfFiles,
} from '../../watch/watch.ts';
import { packed } from './frozen-models.ts';

export interface AnalysisRequest {
  /** What the record calls its inputs. */
  readonly names: readonly string[];
  /** As `resolveOptions` takes them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Causes of analyses before, whose ids are kept, and what people have decided about them. */
  readonly known: KnownCauses;
  /** Null: no comparison. */
  readonly compare: StoredComparing | null;
}

/** What traces are compared with, or which of them with which. */
type StoredComparing =
  /** With an earlier analysis, whose causes are kept. */
  | { readonly kind: 'against'; readonly analysis: Analysis }
  /** Those with one value of an attribute with those with another. */
  | { readonly kind: 'values'; readonly by: string; readonly from: string; readonly to: string }
  /** The traces of the first input with those of the second, each of one stretch of time. */
  | { readonly kind: 'times' };

/** Opens an input by its position in `names`; gives the same records in the same order each time. */
export type OpenInput = (input: number) => AsyncIterable<Uint8Array>;

export interface KnownCauses {
  readonly earlier: readonly IdentifiedCause[];
  /** Pairs that people have separated or merged. */
  readonly apart: readonly ApartCauses[];
  /** What the model goes on to know where the analysis does not find it. */
  readonly decided: readonly RememberedCause[];
}

export const NONE_KNOWN: KnownCauses = { earlier: [], apart: [], decided: [] };

export interface AnalysisHooks {
  readonly progress: Progress;
  /** Stops the analysis, which then rejects with CulpritError `aborted`. */
  readonly signal: AbortSignal;
}

/** An analysis in the form in which it is kept. */
export interface AnalysisResult {
  readonly traces: number;
  readonly failed: number;
  /** `ReportData` and `FrozenModel` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
  readonly model: Uint8Array;
  /** What changed; null unless something was compared. */
  readonly diff: Diff | null;
}

/**
 * Ranks the causes in stored traces, through the same steps as `culprit analyze`.
 * @param open Inputs are read twice.
 * @throws CulpritError what `analyze` throws: `no_traces` where nothing can be judged.
 */
export async function analyzeStored(
  open: OpenInput,
  { names, options: given, known, compare }: AnalysisRequest,
  { progress }: Pick<AnalysisHooks, 'progress'>,
): Promise<AnalysisResult> {
  const options = resolveOptions(given);
  const sources = names.map((name, at) => ({
    ...{ name, size: null, isGrouped: true as const },
    open: () => open(at),
  }));
  const sidesOf = compare === null ? null : sidesIn(compare, names);
  const run = await analyze({ kind: 'bytes', sources }, options, {
    detectors: [],
    ...{ earlier: known.earlier, apart: known.apart, progress },
    embedder: await embedder(options.embedder, {
      staticModel: () => readAsset('static-model'),
      transformers: unused,
      openai: unused,
    }),
    version: await packageVersion(),
    ...(compare !== null && {
      // What is wrong with the sides is said before the slow steps.
      ledger: {
        by: compare.kind === 'values' ? attributeName(compare.by) : null,
        ...(sidesOf !== null && { onLedger: sidesOf }),
      },
    }),
    ...(compare?.kind === 'against' && { frozen: compare.analysis.facts }),
  });
  const { analysis, identities } = run;
  const diff =
    compare === null
      ? null
      : sidesOf === null
        ? compareAgainst(compare.kind === 'against' ? compare.analysis : analysis, run)
        : compareSides(run, sidesOf(run.detected.ledger!), { expectedShare: null });
  const report =
    diff === null ? run.report : withExemplars(run.report, run.detected.failures, diff.causes);
  const reached = (stage: 'received' | 'failed'): number =>
    analysis.funnel.find(({ name }) => name === stage)?.count ?? 0;
  return {
    traces: reached('received'),
    failed: reached('failed'),
    diff,
    report: packed(report),
    model: packed({
      version: FROZEN_MODEL_VERSION,
      facts: analysis.facts,
      causes: analysis.clusters.map(({ id, condition }) => ({ id, condition })),
      identities,
      remembered: known.decided.filter(({ id }) => !identities.some((each) => each.id === id)),
    } satisfies FrozenModel),
  };
}

/** Null where there is one side only. */
function sidesIn(
  compare: StoredComparing,
  [before = '', after = '']: readonly string[],
): ((ledger: Ledger) => Sides) | null {
  switch (compare.kind) {
    case 'against':
      return null;
    case 'values':
      return (ledger) => sidesBy(ledger, compare);
    case 'times': {
      const side = (name: string) => ({ name, files: new Set([name]) });
      return (ledger) => ({ ...sidesOfFiles(ledger, side(before), side(after)), by: 'time' });
    }
  }
}

const unused = (): never => {
  throw new Error('the default embedder needs no other');
};
