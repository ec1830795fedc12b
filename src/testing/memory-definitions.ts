import type { DefinitionRow, TelemetryStore } from '../store/telemetry/telemetry.ts';

/** Reads of definitions that are held in memory. `check` throws while the store is away. */
export const memoryDefinitions = (
  definitions: readonly DefinitionRow[],
  check: () => void,
): Pick<TelemetryStore, 'definitionNames' | 'definitions' | 'definitionsSeen'> => ({
  async definitionNames(project, kind) {
    check();
    const own = definitions.filter((row) => row.project === project && row.kind === kind);
    return [...Map.groupBy(own, ({ name }) => name)]
      .map(([name, rows]) => {
        const named = rows.filter(({ version }) => version !== '').sort(lastFirst);
        const versions = new Set(named.map(({ version }) => version)).size;
        return { name, versions, latest: named[0]?.version ?? '', ...spanOf(rows) };
      })
      .sort(lastFirst);
  },
  async definitions(project, kind, name, version) {
    check();
    const own = definitions.filter(
      (row) =>
        row.project === project &&
        row.kind === kind &&
        row.name === name &&
        (version === undefined || row.version === version || row.hash === version),
    );
    return [...Map.groupBy(own, (row) => JSON.stringify([row.version, row.hash])).values()]
      .map((rows) => ({ ...rows[0]!, ...spanOf(rows) }))
      .sort(lastFirst);
  },
  async definitionsSeen(project, kind, from, to) {
    check();
    const own = definitions.filter(
      (row) => row.project === project && row.kind === kind && row.name !== '' && row.hash !== '',
    );
    return [
      ...Map.groupBy(own, (row) => JSON.stringify([row.name, row.version, row.hash])).values(),
    ]
      .map((rows) => ({ ...rows[0]!, ...spanOf(rows) }))
      .filter(({ first, last }) => last >= from && first <= to)
      .sort(lastFirst);
  },
});

interface Seen {
  readonly first: number;
  readonly last: number;
}

const lastFirst = (a: Seen, b: Seen): number => b.last - a.last;

const spanOf = (rows: readonly Seen[]): Seen => ({
  first: Math.min(...rows.map(({ first }) => first)),
  last: Math.max(...rows.map(({ last }) => last)),
});
