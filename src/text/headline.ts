import type { Slot, Statement } from '../contract/signal.ts';
import type { Change } from '../contract/traffic.ts';
import { count, percent, percentRange } from './format.ts';
import { word } from './statement.ts';

/** What to fix first: `Fix first: refund_order gets the account id (218 of 517 failures, 38–46%)`. */
export const fixFirst = ({
  title,
  failures,
  failed,
  interval,
}: {
  readonly title: string;
  readonly failures: number;
  readonly failed: number;
  readonly interval: readonly [number, number];
}): Statement => ({
  template: 'Fix first: {0} ({1} of {2} failures, {3})',
  slots: [title, count(failures), count(failed), percentRange(interval)].map(word),
});

/**
 * What changed between two versions: `support-v3 → support-v4: two new causes, one grown`.
 * @param changes of the causes in question.
 */
export function whatChanged(
  { from, to }: Pick<Change, 'from' | 'to'>,
  changes: readonly Pick<Change, 'state'>[],
): Statement {
  const many = (state: Change['state']): number =>
    changes.filter((change) => change.state === state).length;
  const parts = (['new', 'grown', 'shrunk', 'gone'] as const).flatMap((state) => {
    const found = many(state);
    return found === 0 ? [] : [{ state, found }];
  });
  const slots: Slot[] = [word(from), word(to)];
  const texts = parts.map(({ state, found }, index) => {
    slots.push(word(inWords(found)));
    const noun = found === 1 ? 'cause' : 'causes';
    if (state === 'new') return `{${index + 2}} new ${noun}`;
    return index === 0 ? `{${index + 2}} ${noun} ${state}` : `{${index + 2}} ${state}`;
  });
  if (changes.length === 0) texts.push('no known cause to compare');
  else if (texts.length === 0) {
    const tested = changes.some(({ state }) => state === 'same');
    texts.push(tested ? 'no cause changed' : 'no change can be told from chance');
  }
  return { template: `{0} → {1}: ${texts.join(', ')}`, slots };
}

/**
 * Where causes stand out: `acme: two causes stand out`, `no cause stands out at acme or beta`.
 * @param tenants with how many causes stand out at each.
 */
export function whereStandsOut(
  tenants: readonly { readonly name: string; readonly causes: number }[],
): Statement {
  const most = tenants.filter(({ causes }) => causes > 0).sort((a, b) => b.causes - a.causes);
  if (most.length === 0) {
    const [one, other, ...more] = tenants;
    return more.length === 0
      ? {
          template: 'no cause stands out at {0} or {1}',
          slots: [word(one?.name ?? ''), word(other?.name ?? '')],
        }
      : {
          template: 'no cause stands out at any of {0} tenants',
          slots: [word(count(tenants.length))],
        };
  }
  const named = most.slice(0, 2);
  const others = most.length - named.length;
  const parts = named.map(({ causes }, at) => {
    const noun = causes === 1 ? 'cause stands' : 'causes stand';
    return `{${2 * at}}: {${2 * at + 1}} ${noun} out`;
  });
  return {
    template: `${parts.join(', ')}${others === 0 ? '' : ` and others at {${2 * named.length}} more tenants`}`,
    slots: [
      ...named.flatMap(({ name, causes }) => [word(name), word(inWords(causes))]),
      ...(others === 0 ? [] : [word(count(others))]),
    ],
  };
}

/** Shares of traces that fail: `support-v4 fails in 24% of traces, support-v3 in 16%`. */
export const failingShares = (
  to: { readonly value: string; readonly share: number },
  from: { readonly value: string; readonly share: number },
): Statement => ({
  template: '{0} fails in {1} of traces, {2} in {3}',
  slots: [word(to.value), word(percent(to.share)), word(from.value), word(percent(from.share))],
});

/** `2,600 traces read, 517 failed; 512 have a known cause, 5 do not`. */
export function coverage({
  traces,
  failed,
  sampled,
  known,
}: {
  readonly traces: number;
  readonly failed: number;
  readonly sampled: number;
  readonly known: number;
}): Statement {
  const read = traces === 1 ? '{0} trace read' : '{0} traces read';
  if (failed === 0) return { template: `${read}, none failed`, slots: [word(count(traces))] };
  const unknown = sampled - known;
  const parts = `{2} ${known === 1 ? 'has' : 'have'} a known cause, {3} ${unknown === 1 ? 'does' : 'do'} not`;
  const slots = [traces, failed, known, unknown, sampled].map((each) => word(count(each)));
  return sampled < failed
    ? { template: `${read}, {1} failed; of {4} looked at, ${parts}`, slots }
    : { template: `${read}, {1} failed; ${parts}`, slots: slots.slice(0, 4) };
}

/** With `--all` nothing is called failed: `50 traces read; 48 are in groups of similar ones, 2 in none`. */
export function groupCoverage({
  traces,
  sampled,
  grouped,
}: {
  readonly traces: number;
  readonly sampled: number;
  readonly grouped: number;
}): Statement {
  const looked = sampled < traces ? '; of {3} looked at, ' : '; ';
  return {
    template: `{0} traces read${looked}{1} are in groups of similar ones, {2} in none`,
    slots: [traces, grouped, sampled - grouped, ...(sampled < traces ? [sampled] : [])].map(
      (each) => word(count(each)),
    ),
  };
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** `two`, `12`: words up to nine. */
export const inWords = (value: number): string => WORDS[value] ?? count(value);
