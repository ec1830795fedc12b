import { collect } from '../../collect/collect.ts';
import type { Analysis } from '../../contract/analysis.ts';
import type { ByteSource } from '../../contract/byte-source.ts';
import type { Diff } from '../../contract/diff.ts';
import {
  type ApartCauses,
  FROZEN_MODEL_VERSION,
  type FrozenModel,
  type IdentifiedCause,
  type RememberedCause,
  type StandingCause,
} from '../../contract/frozen-model.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { resolveOptions } from '../../contract/options.ts';
import type { Progress } from '../../contract/progress.ts';
import type { Tenants } from '../../contract/tenants.ts';
import type { Trace } from '../../contract/trace.ts';
import { decidedAnalysis, decisionsOf, type SetValue } from '../../decide/decide.ts';
import { embedder } from '../../embed/embed.ts';
import { type Analyzed, analyze } from '../../pipeline.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { withExemplars } from '../../report/report.ts';
import type { ScanInput } from '../../scan/scan.ts';
import {
  aloneTraces,
  attributeName,
  compareAgainst,
  compareSides,
  type Sides,
  sidesBy,
  sidesOfFiles,
  tenantsIn,
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
  /** What people have decided, where causes are counted by tenant, too. Default: they are not. */
  readonly byTenant?: readonly SetValue[];
  /** All traces are of this tenant, and the result holds nothing that tells of others. Default: as they are stored. */
  readonly alone?: string;
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
  /** The causes that there are, in order of rank; settled ones stay as they are. */
  readonly standing: readonly StandingCause[];
  /** What the model goes on to know where the analysis does not find it. */
  readonly decided: readonly RememberedCause[];
}

export const NONE_KNOWN: KnownCauses = { earlier: [], apart: [], standing: [], decided: [] };

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
  /** `Tenants` in the same form; null unless causes were counted by tenant. */
  readonly tenants: Uint8Array | null;
}

/**
 * Ranks the causes in stored traces, through the same steps as `culprit analyze`.
 * @param open Inputs are read twice.
 * @throws CulpritError what `analyze` throws: `no_traces` where nothing can be judged.
 */
export async function analyzeStored(
  open: OpenInput,
  { names, options: given, known, compare, byTenant, alone }: AnalysisRequest,
  { progress }: Pick<AnalysisHooks, 'progress'>,
): Promise<AnalysisResult> {
  const options = resolveOptions(given);
  const sources = names.map((name, at) => ({
    ...{ name, size: null, isGrouped: true as const },
    open: () => open(at),
  }));
  const sidesOf = compare === null ? null : sidesIn(compare, names);
  const input: ScanInput =
    alone === undefined
      ? { kind: 'bytes', sources }
      : { kind: 'traces', traces: await aloneTraces(placedTraces(sources), alone) };
  const run = await analyze(input, options, {
    detectors: [],
    ...{ earlier: known.earlier, apart: known.apart, standing: known.standing, progress },
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
    ...(byTenant !== undefined && { ledger: { by: 'tenant' } }),
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
    tenants: byTenant === undefined ? null : packed(tenantsOf(run, byTenant)),
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

const tenantsOf = ({ analysis, detected }: Analyzed, decisions: readonly SetValue[]): Tenants =>
  tenantsIn(decidedAnalysis(analysis, decisionsOf(decisions), null), detected.ledger!);

/** An id that was made up from the place in an imported file: `chats.jsonl:12`, or `run-7:12` for one that was taken. */
const MADE_UP = /^(.+?):\d+(?::.*|#\d+)?$/s;

/** Traces whose made-up ids are known as such: they tell how much else there is. */
async function* placedTraces(sources: readonly ByteSource[]): AsyncGenerator<Trace> {
  const { traces } = collect(sources, { map: {} });
  for await (const batch of traces())
    for (const trace of batch) {
      const file = MADE_UP.exec(trace.id)?.[1] ?? '';
      yield { ...trace, origin: { ...trace.origin, file, line: null } };
    }
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
