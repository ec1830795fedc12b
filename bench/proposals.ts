import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { assigner } from '../src/cause/cause.ts';
import { resolveOptions } from '../src/contract/options.ts';
import { decisionsOf } from '../src/decide/decide.ts';
import { embedder } from '../src/embed/embed.ts';
import { analyze } from '../src/pipeline.ts';
import { packageVersion, readAsset } from '../src/platform/package-file.ts';
import { type FoundProposal, foundProposals } from '../src/server/proposals/found-proposal.ts';
import { samplingKey } from '../src/text/hash.ts';

/**
 * What re-clusterings of labeled traces propose. Of each source, one half of the runs is analyzed and all its causes are
 * accepted; the other half is clustered anew and compared. Nothing has changed, so a proposal is right only where the labels
 * bear it out: a new cause has another kind of failure than the accepted ones, the parts of a split have different kinds,
 * merged causes the same. Then one kind of failure is left out of the first half: the second half should propose it as new.
 *
 *     node bench/proposals.ts FOLDER [train|check|all] [SOURCE]
 */
const [folder = '', half = 'all', only = ''] = process.argv.slice(2);

interface Gold {
  readonly trace_id: string;
  readonly source: string;
  readonly half?: string;
  readonly gold: { readonly failed: boolean; readonly root_cause?: string | null };
}

const linesOf = (name: string): string[] =>
  gunzipSync(readFileSync(resolve(folder, name)))
    .toString()
    .split('\n')
    .filter(Boolean);
const gold = new Map(
  linesOf('gold.jsonl.gz').map((line) => {
    const row = JSON.parse(line) as Gold;
    return [row.trace_id, row] as const;
  }),
);
const bySource = Map.groupBy(
  linesOf('traces.jsonl.gz').flatMap((line) => {
    const { trace_id: id } = JSON.parse(line) as { trace_id: string };
    const row = gold.get(id);
    return row === undefined ||
      (half !== 'all' && row.half !== half) ||
      (only !== '' && row.source !== only)
      ? []
      : [{ id, line, row }];
  }),
  ({ row }) => row.source,
);

const deps = {
  detectors: [],
  embedder: await embedder('static', {
    staticModel: () => readAsset('static-model'),
    transformers: () => Promise.reject(new Error('not here')),
    openai: () => Promise.reject(new Error('not here')),
  } as never),
  version: await packageVersion(),
};
const analyzed = (lines: readonly string[], frozen?: never) => {
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const source = {
    ...{ name: 'half', size: null },
    async *open() {
      yield bytes;
    },
  };
  return analyze({ kind: 'bytes', sources: [source as never] }, resolveOptions({}), {
    ...deps,
    ...(frozen !== undefined && { frozen }),
  });
};

const kindOf = (id: string): string => gold.get(id)?.gold.root_cause ?? '';
/** The commonest kind of failure, of those that have one. */
function commonest(ids: readonly string[]): string {
  const kinds = Map.groupBy(ids.map(kindOf).filter(Boolean), (kind) => kind);
  return [...kinds].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '';
}

async function proposalsFor(first: readonly string[], second: readonly string[]) {
  const before = await analyzed(first);
  const frozen = await analyzed(second, before.analysis.facts as never);
  const free = await analyzed(second);
  const { clusters } = before.analysis;
  const assign = assigner(clusters);
  const causeOf = new Map(
    frozen.detected.failures.map(({ trace, facts }) => [
      trace.id,
      clusters[assign(facts)]?.id ?? '',
    ]),
  );
  const decisions = decisionsOf(
    clusters
      .filter(({ condition }) => condition !== null)
      .map(({ id }) => ({ kind: 'cause', subject: id, field: 'proposal', value: 'accepted' })),
  );
  const found = foundProposals({
    ...{ analysis: free.analysis, causeOf, decisions, areApart: () => false },
    titles: new Map(clusters.map(({ id, title }) => [id, title])),
  });
  const known = new Set(
    clusters.map(({ id }) =>
      commonest(
        before.analysis.failures.flatMap((each) => (each.cluster === id ? [each.traceId] : [])),
      ),
    ),
  );
  const idsOf = (cluster: string): string[] =>
    free.analysis.failures.flatMap((each) => (each.cluster === cluster ? [each.traceId] : []));
  const verdict = ({ kind, parts }: FoundProposal): string => {
    const kinds = parts.map(({ id }) =>
      kind === 'merge'
        ? commonest([...causeOf].flatMap(([trace, cause]) => (cause === id ? [trace] : [])))
        : commonest(idsOf(id)),
    );
    if (kinds.some((each) => each === '')) return 'no label';
    if (kind === 'new') return known.has(kinds[0]!) ? 'wrong' : 'right';
    const isOne = new Set(kinds).size === 1;
    return isOne === (kind === 'merge') ? 'right' : 'wrong';
  };
  return found.map((each) => ({
    ...{ kind: each.kind, verdict: verdict(each), title: each.parts[0]?.title },
    label: kindsText(each.parts.map(({ id }) => commonest(idsOf(id)))),
  }));
}

const kindsText = (kinds: readonly string[]): string => kinds.join(' | ');

for (const [source, all] of [...bySource].sort()) {
  const isFirst = ({ id }: { readonly id: string }): boolean => samplingKey(id, 1) < 0.5;
  const [one, other] = [all.filter(isFirst), all.filter((each) => !isFirst(each))];
  const lines = (some: typeof all): string[] => some.map(({ line }) => line);
  try {
    const same = await proposalsFor(lines(one), lines(other));
    console.log(`${source}: ${all.length} runs; nothing changed:`, same);
    const kinds = Map.groupBy(
      other.filter(({ row }) => row.gold.failed && kindOf(row.trace_id) !== ''),
      ({ row }) => kindOf(row.trace_id),
    );
    for (const [kind, own] of [...kinds].sort((a, b) => b[1].length - a[1].length).slice(0, 3)) {
      if (own.length < 15) continue;
      const without = one.filter(({ row }) => !row.gold.failed || kindOf(row.trace_id) !== kind);
      const found = await proposalsFor(lines(without), lines(other));
      console.log(`  ${kind} left out (${own.length} in the second half):`, found);
    }
  } catch (error) {
    console.log(`${source}: ${(error as Error).message}`);
  }
}
