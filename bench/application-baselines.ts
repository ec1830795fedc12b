import type { BenchTrace } from './open-bench.ts';
import {
  type Agreement,
  agreement,
  meanAgreement,
  TEXT_VIEWS,
  textOf,
} from './quality-clusters.ts';
import type { ManualFigures } from './quality-manual.ts';
import { tfidfClusters } from './quality-tfidf.ts';
import { stepSignatures } from './step-signatures.ts';

const SEEDS = [1, 2, 3];
/** Fewer texts cannot be clustered. */
const LEAST = 5;

/** Agreement of each baseline with the truth; of views, the one with the best mean of both truths. */
export interface Baselines {
  readonly tfidf: Agreement | null;
  readonly manual: Agreement | null;
  readonly signature: Agreement | null;
}

/** Measures the baselines on the failures of known kind of one application. */
export function measureBaselines(
  source: string,
  failures: readonly BenchTrace[],
  manual: ManualFigures | null,
): Baselines {
  if (failures.length < LEAST) return { tfidf: null, manual: null, signature: null };
  const of = { source, failures };
  const byView = TEXT_VIEWS.map((view) => {
    const texts = failures.map((row) => textOf(row, view));
    return meanAgreement(SEEDS.map((seed) => agreement(of, tfidfClusters(texts, seed))));
  });
  const recorded = TEXT_VIEWS.flatMap(
    (view) => manual?.views[view]?.filter((each) => each.source === source) ?? [],
  );
  return {
    tfidf: best(byView),
    manual: best(recorded),
    signature: agreement(of, stepSignatures(failures.map(({ trace }) => trace))),
  };
}

function best(all: readonly Agreement[]): Agreement | null {
  const worth = ({ primary, rootCause }: Agreement): number => (primary ?? 0) + (rootCause ?? 0);
  return all.length === 0 ? null : all.reduce((a, b) => (worth(b) > worth(a) ? b : a));
}
