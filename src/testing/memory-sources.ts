import type { TraceRow, TraceSource } from '../store/telemetry/telemetry.ts';

const SLOT = 300_000;
const ACTIVITY = 28 * 86_400_000;

/** What these traces say of where they came from. */
export function memorySources(rows: readonly TraceRow[], now: number): TraceSource[] {
  const groups = Map.groupBy(rows, ({ service, sdk, environment }) =>
    JSON.stringify([service, sdk, environment]),
  );
  const made = [...groups.values()].map((group): TraceSource => {
    const { service, sdk, environment } = group[0]!;
    const times = group.map(({ received }) => received).sort((a, b) => a - b);
    const recent = times.filter((time) => time >= now - ACTIVITY);
    const slots = [...new Set(recent.map((time) => Math.floor(time / SLOT)))];
    const gaps = slots.slice(1).map((slot, at) => (slot - slots[at]!) * SLOT);
    const sorted = gaps.toSorted((a, b) => a - b);
    const last = group.filter(({ received }) => received >= now - ACTIVITY).slice(0, 1000);
    const named = new Set(last.flatMap((row) => [...row.carries, ...row.lacks]));
    const items = Object.fromEntries(
      [...named].map((item) => [
        item,
        {
          carry: last.filter(({ carries }) => carries.includes(item)).length,
          lack: last.filter(({ lacks }) => lacks.includes(item)).length,
        },
      ]),
    );
    return {
      ...{ service, sdk, environment, items },
      ...{ traces: group.length, first: times[0]!, last: times.at(-1)!, checked: last.length },
      activity: {
        slots: slots.length,
        usualInterval: sorted[Math.floor(sorted.length / 2)] ?? 0,
        longestInterval: sorted.at(-1) ?? 0,
      },
    };
  });
  return made.sort((a, b) => b.last - a.last);
}
