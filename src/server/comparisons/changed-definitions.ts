import type { Diff } from '../../contract/diff.ts';
import type {
  DefinitionKind,
  SeenDefinition,
  TelemetryStore,
  TraceFilter,
} from '../../store/telemetry/telemetry.ts';
import { type LineChanges, lineChanges } from '../routes/line-changes.ts';

/** A prompt or a tool that is another on the second side. */
export interface ChangedDefinition extends Pick<LineChanges, 'added' | 'removed' | 'hunks'> {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** Null where the side does not have it. */
  readonly before: string | null;
  readonly after: string | null;
}

type Store = Pick<TelemetryStore, 'definitionsSeen' | 'trafficBy'>;

/** Definitions that are told of. */
const MOST = 50;
/** They are seen to the hour. */
const HOUR = 3_600_000;

/**
 * The prompts and tools that differ between two sides: of each the text that was seen last on the side, by the versions of its
 * prompts and by when its traces ran. Where both sides ran with the same texts side by side, nothing can be told.
 */
export async function changedDefinitions(
  store: Store,
  filters: readonly [TraceFilter, TraceFilter],
  { before, after }: Pick<Diff, 'before' | 'after'>,
): Promise<readonly ChangedDefinition[]> {
  const versions = await Promise.all(
    filters.map(async (filter) => {
      const found = await store.trafficBy(filter, 'promptVersion');
      return new Set(found.map(({ value }) => value).filter((value) => value !== ''));
    }),
  );
  const seen = async (kind: DefinitionKind) => {
    const sides = await Promise.all(
      [before, after].map(async ({ firstSeen, lastSeen }, side) => {
        if (firstSeen === null || lastSeen === null) return [];
        const all = await store.definitionsSeen(
          filters[side]!.project,
          kind,
          Math.floor(firstSeen / HOUR) * HOUR,
          lastSeen,
        );
        const own = versions[side]!;
        return kind === 'prompt' && own.size > 0
          ? all.filter(({ version }) => own.has(version) || version.startsWith('sha:'))
          : all;
      }),
    );
    return changed(kind, sides[0]!, sides[1]!);
  };
  return [...(await seen('prompt')), ...(await seen('tool'))].slice(0, MOST);
}

function changed(
  kind: DefinitionKind,
  before: readonly SeenDefinition[],
  after: readonly SeenDefinition[],
): readonly ChangedDefinition[] {
  const [old, fresh] = [before, after].map((side) => Map.groupBy(side, ({ name }) => name));
  const names = [...new Set([...fresh!.keys(), ...old!.keys()])].sort();
  return names.flatMap((name): ChangedDefinition[] => {
    const [was, is] = [old!.get(name) ?? [], fresh!.get(name) ?? []];
    const hashes = (side: readonly SeenDefinition[]): string =>
      [...new Set(side.map(({ hash }) => hash))].sort().join();
    if (hashes(was) === hashes(is)) return [];
    const [left, right] = [was[0], is[0]];
    const lines =
      left === undefined || right === undefined
        ? { added: 0, removed: 0, hunks: [] }
        : lineChanges(left.text, right.text);
    if (left?.hash === right?.hash) return [];
    return [
      {
        ...{ kind, name, added: lines.added, removed: lines.removed, hunks: lines.hunks },
        before: left?.version ?? null,
        after: right?.version ?? null,
      },
    ];
  });
}
