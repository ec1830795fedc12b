import type { FixedIn } from '../../contract/decision.ts';
import type { CauseRules, TelemetryStore, TraceFilter } from '../../store/telemetry/telemetry.ts';
import { type Proof, proofOf } from '../../watch/watch.ts';

type Store = Pick<TelemetryStore, 'failuresByCause' | 'trafficBy'>;

const DAY = 86_400_000;
/** Days before the fix that it is compared with. */
const BEFORE = 30;

/**
 * Whether the fix of a cause holds: its failures and traces in the environment of the fix, in the 30 days before it went live
 * without the version that has it, and since then in that version and those that came after it. What runs elsewhere or in an
 * older version counts for neither.
 */
export async function causeProof(
  store: Store,
  project: string,
  cause: { readonly id: string; readonly rules: CauseRules },
  fixedIn: FixedIn,
): Promise<Proof> {
  const { version, value, environment, at } = fixedIn;
  const all: TraceFilter = { project, ...(environment !== '' && { environment }) };
  const seen = await store.trafficBy(all, version);
  const since = seen.find((each) => each.value === value)?.first ?? at;
  // Where no version is named, or none is recorded, time alone tells.
  const isTimeAlone = value === '' || seen.every((each) => each.value === '');
  const hasFix = new Map(
    seen.map((each) => [
      each.value,
      isTimeAlone || each.value === value || (each.value !== '' && each.first >= since),
    ]),
  );
  const counted = async (part: TraceFilter, isCounted: (of: string) => boolean) => {
    const [traffic, failed] = await Promise.all([
      store.trafficBy(part, version),
      store.failuresByCause({ ...part, cause: cause.id, rules: cause.rules }, version),
    ]);
    const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
    const exposures = Math.round(
      sum(traffic.map((each) => (isCounted(each.value) ? each.eligible : 0))),
    );
    const events = sum(failed.map((each) => (isCounted(each.value) ? each.failures : 0)));
    return { events: Math.min(events, exposures), exposures };
  };
  const [before, after] = await Promise.all([
    counted(
      { ...all, from: at - BEFORE * DAY, to: at },
      (of) => isTimeAlone || hasFix.get(of) !== true,
    ),
    counted({ ...all, from: at }, (of) => hasFix.get(of) === true),
  ]);
  return proofOf(before, after);
}
