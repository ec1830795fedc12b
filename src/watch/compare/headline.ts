import type { CauseChange, Diff } from '../../contract/diff.ts';
import type { Slot, Statement } from '../../contract/signal.ts';
import { count, percent } from '../../text/format.ts';
import { word } from '../../text/statement.ts';

/** Causes named for each kind of change; the others are counted. */
const NAMED = 2;

/**
 * What changed, in one sentence: `support-v4 fixed “…” (8.4% → 0.3%), “…” grew (0.9% → 3.1%), and 11 causes cannot yet be
 * told from chance`.
 */
export function diffHeadline({
  before,
  after,
  causes,
  noRates,
  mixed,
}: Pick<Diff, 'before' | 'after' | 'causes' | 'noRates' | 'mixed'>): Statement {
  const slots: Slot[] = [];
  const slot = (text: string): string => `{${slots.push(word(text)) - 1}}`;
  if (noRates !== null)
    return {
      template: `What changed from ${slot(before.name)} to ${slot(after.name)} cannot be told: ${noRates}`,
      slots,
    };
  const named = causes.filter(({ isNamed, isMix }) => isNamed && !isMix);
  const of = (state: CauseChange['state']): readonly CauseChange[] =>
    named.filter((cause) => cause.state === state);
  const told = (cause: CauseChange): string => `“${slot(cause.title)}” (${slot(movement(cause))})`;
  const several = (found: readonly CauseChange[]): string => {
    const more = found.length - NAMED;
    return joined([
      ...found.slice(0, NAMED).map(told),
      ...(more > 0 ? [`${slot(count(more))} more`] : []),
    ]);
  };
  const parts: string[] = [];
  const [added, grown, gone, shrunk] = [of('new'), of('grown'), of('gone'), of('shrunk')];
  if (gone.length > 0) parts.push(`${slot(after.name)} fixed ${several(gone)}`);
  if (added.length > 0)
    parts.push(`${gone.length > 0 ? 'brought' : `${slot(after.name)} brought`} ${several(added)}`);
  if (grown.length > 0) parts.push(`${several(grown)} grew`);
  if (shrunk.length > 0) parts.push(`${several(shrunk)} fell`);
  if (mixed > 0) parts.push(`${slot(causesOf(mixed))} moved with the mix of the traffic`);
  const hidden = causes.filter(
    ({ isNamed, isMix, state }) =>
      isNamed && isMix && (state === 'same' || state === 'cannot tell'),
  ).length;
  if (hidden > 0) parts.push(`the mix of the traffic hides a change of ${slot(causesOf(hidden))}`);
  const open = of('cannot tell').length;
  if (parts.length === 0) {
    const between = `between ${slot(before.name)} and ${slot(after.name)}`;
    const tested = of('same').length;
    if (open === 0)
      return {
        template:
          tested > 0
            ? `No cause changed ${between}`
            : causes.length === 0
              ? `There is no cause of failure to compare ${between}`
              : `No failure has a known cause to compare ${between}`,
        slots,
      };
    return {
      template:
        tested === 0
          ? `Nothing can yet be told from chance ${between}: ${slot(causesOf(open))} ${open === 1 ? 'needs' : 'need'} more traces`
          : `No cause changed ${between} as far as can be told, and ${slot(causesOf(open))} cannot yet be told from chance`,
      slots,
    };
  }
  if (open > 0) parts.push(`${slot(causesOf(open))} cannot yet be told from chance`);
  const [first = '', second] = parts;
  const template = parts.length === 2 ? `${first}, and ${second}` : joined(parts);
  return { template: template.slice(0, 1).toUpperCase() + template.slice(1), slots };
}

const causesOf = (many: number): string => `${count(many)} ${many === 1 ? 'cause' : 'causes'}`;

const movement = ({ before, after }: CauseChange): string =>
  `${percent((before.ratePerThousand ?? 0) / 1000)} → ${percent((after.ratePerThousand ?? 0) / 1000)}`;

/** `a`, `a and b`, `a, b, and c`. */
function joined(parts: readonly string[]): string {
  if (parts.length <= 2) return parts.join(' and ');
  return `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;
}
