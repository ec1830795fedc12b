import type { Signal } from '../../../contract/signal.ts';
import type { Tier } from '../../../contract/tier.ts';
import type { ReportModel } from './report-model.ts';
import type { ScopedCause } from './scoped.ts';

const TIERS: Readonly<Partial<Record<Tier, { readonly text: string; readonly isSure: boolean }>>> =
  {
    proven: { text: 'Checked by code', isSure: true },
    claimed: { text: 'Said by a model', isSure: false },
    likely: { text: 'Supported by a quote', isSure: true },
  };

/** What kind of claim a cause is, and whether it is more than a guess; null where nothing is claimed. */
export function claimKind(
  model: ReportModel,
  cause: ScopedCause,
): { readonly text: string; readonly isSure: boolean } | null {
  const { state, leftover } = cause.cluster;
  if (leftover !== null) return null;
  if (state === 'tested') return { text: 'Tested against chance', isSure: true };
  if (state === 'form') return { text: 'An error by its form', isSure: true };
  if (state === 'untested') return { text: 'Too few to tell from chance', isSure: false };
  const tier = leadingSignal(model, cause)?.tier;
  return (
    (tier === undefined ? undefined : TIERS[tier]) ?? { text: 'Alike failures', isSure: false }
  );
}

/** The signal that names the cause on its most certain member. */
export function leadingSignal(
  model: ReportModel,
  { cluster, members }: ScopedCause,
): Signal | undefined {
  for (const i of members.slice(0, LOOK_AT)) {
    const signal = model.failures[i]?.signals.find(({ category }) => category === cluster.category);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

const LOOK_AT = 20;
