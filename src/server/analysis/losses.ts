import type { ReportData } from '../../contract/report.ts';
import type { Losses } from '../../decide/decide.ts';
import type { TelemetryStore, TraceLoss } from '../../store/telemetry/telemetry.ts';

/** What the failures of a report cost, their environments and scores: columns in the order of its failures. */
export interface StoredLosses extends Losses {
  /** '' where not recorded. */
  readonly environment: readonly string[];
  /** By the name of the score, those that most failures have; null where a failure has none. */
  readonly scores: Readonly<Record<string, readonly (number | null)[]>>;
}

export async function lossesOf(
  store: Pick<TelemetryStore, 'losses'>,
  project: string,
  { analysis: { failures } }: ReportData,
): Promise<StoredLosses> {
  const times = failures.flatMap(({ startTime }) => startTime ?? []);
  const isTimed = times.length === failures.length && times.length > 0;
  const filter = {
    project,
    // The anchor of a trace is its first start, which a late span may precede.
    ...(isTimed && {
      from: times.reduce((a, b) => Math.min(a, b)) - DAY,
      to: times.reduce((a, b) => Math.max(a, b)) + DAY,
    }),
  };
  const ids = failures.map(({ traceId }) => traceId);
  const byId = new Map<string, TraceLoss>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const loss of await store.losses(filter, ids.slice(from, from + AT_ONCE)))
      byId.set(loss.traceId, loss);
  const users = new Map<string, number>();
  const rows = ids.map((id) => byId.get(id));
  return {
    user: rows.map((row) => {
      if (row === undefined || row.user === '') return -1;
      const number = users.get(row.user) ?? users.size;
      users.set(row.user, number);
      return number;
    }),
    cost: rows.map((row) => row?.cost ?? 0),
    tokens: rows.map((row) => row?.tokens ?? 0),
    milliseconds: rows.map((row) => row?.milliseconds ?? 0),
    environment: rows.map((row) => row?.environment ?? ''),
    scores: scoresOf(rows),
  };
}

const DAY = 86_400_000;
const AT_ONCE = 2_000;
const MOST_SCORES = 12;

function scoresOf(rows: readonly (TraceLoss | undefined)[]): StoredLosses['scores'] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const name of Object.keys(row?.scores ?? {}))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(
    names
      .slice(0, MOST_SCORES)
      .map(([name]) => [name, rows.map((row) => row?.scores[name] ?? null)]),
  );
}
