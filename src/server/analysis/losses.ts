import type { ReportData } from '../../contract/report.ts';
import type { Losses } from '../../decide/decide.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';

/** What the failures of a report cost, from the store: columns in the order of its failures. */
export async function lossesOf(
  store: Pick<TelemetryStore, 'losses'>,
  project: string,
  { analysis: { failures } }: ReportData,
): Promise<Losses> {
  const times = failures.flatMap(({ startTime }) => startTime ?? []);
  const isTimed = times.length === failures.length && times.length > 0;
  const found = await store.losses({
    project,
    // The anchor of a trace is its first start, which a late span may precede.
    ...(isTimed && {
      from: times.reduce((a, b) => Math.min(a, b)) - DAY,
      to: times.reduce((a, b) => Math.max(a, b)) + DAY,
    }),
  });
  const byId = new Map(found.map((loss) => [loss.traceId, loss]));
  const users = new Map<string, number>();
  const rows = failures.map(({ traceId }) => byId.get(traceId));
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
  };
}

const DAY = 86_400_000;
