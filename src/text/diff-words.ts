import type { CauseChange, Diff, MixShift, Stratification } from '../contract/diff.ts';
import { percent, twoDigits } from './format.ts';

/** `+53`, `−1.2`, `0`. */
export const signed = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${twoDigits(Math.abs(value))}`;

/** `<0.001`, `0.012`, `0.43`. */
export const qText = (q: number): string =>
  q < 0.001 ? '<0.001' : String(Number(q.toPrecision(2)));

const MIXES: Readonly<Record<Stratification, string>> = {
  operation: 'operations',
  tenant: 'tenants',
  language: 'languages',
  intent: 'requests',
};

/** What traffic is compared by, like with like: `language, prompt version`. */
export const mixText = (names: readonly string[]): string =>
  names.map((name) => (name === 'promptVersion' ? 'prompt version' : name)).join(', ');

/** `with the same mix of tenants: 3.1 → 3.2`; null where raw and standardized rates agree. */
export function sameMixSentence({
  standardized,
}: Pick<CauseChange, 'standardized'>): string | null {
  const found = standardized.find(({ disagrees }) => disagrees);
  if (found === undefined) return null;
  const { by, before, after } = found;
  return `with the same mix of ${MIXES[by]}: ${twoDigits(before)} → ${twoDigits(after)}`;
}

/** `The mix of tenants is not the same: acme has 40% of the traces of v3, and 62% of v4 (p < 0.001)`. */
export function mixSentence({ by, most }: MixShift, before: string, after: string): string {
  const moved =
    most === null
      ? ''
      : `: ${most.value} has ${percent(most.before)} of the traces of ${before} and ${percent(most.after)} of ${after}`;
  return `The mix of ${MIXES[by]} is not the same${moved} (p < 0.001)`;
}

/** The traces did not come in the ratio that was intended. */
export const ratioSentence = ({ expected, found }: NonNullable<Diff['sampleRatio']>): string =>
  `The traffic was not divided as intended: ${percent(found)} of the traces are on the second side, not ${percent(expected)} (p < 0.001). Find out which traces are missing before you trust the rates`;
