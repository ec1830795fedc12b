import type { Statement } from '../../contract/signal.ts';
import type { TrendCause, TrendGroup } from '../../contract/trend.ts';
import type { Rate } from '../../rate/rate.ts';
import { adjust, rateChange, testOf, VERSION_FLOOR } from '../../rate/rate-change.ts';
import { twoDigits } from '../../text/format.ts';
import { inWords, whatChanged } from '../../text/headline.ts';
import { day, moment } from '../../text/moments.ts';
import { sentence, word } from '../../text/statement.ts';
import type { TimeUnit } from './time-groups.ts';

/** What changed between the last two versions with enough traces, by the tests of a diff. */
export function versionsHeadline(
  groups: readonly Pick<TrendGroup, 'name' | 'traces'>[],
  causes: readonly (readonly Rate[])[],
): Statement {
  const large = groups.flatMap(({ traces }, at) => (traces >= VERSION_FLOOR.exposures ? [at] : []));
  const [before, after] = large.slice(-2);
  if (before === undefined || after === undefined)
    return sentence('No two versions have 100 traces, so none can be compared');
  const qs = adjust(causes.map((rates) => testOf(rates[before]!, rates[after]!, VERSION_FLOOR)));
  return whatChanged(
    { from: groups[before]!.name, to: groups[after]!.name },
    causes.map((rates, at) => rateChange(rates[before]!, rates[after]!, qs[at]!)),
  );
}

/** The cause that moved most, where it moved, and how many others did. */
export function timeHeadline(
  causes: readonly Pick<TrendCause, 'title' | 'isNamed' | 'changePoints'>[],
  groups: readonly Pick<TrendGroup, 'start'>[],
  unit: TimeUnit,
): Statement {
  const looked = causes.filter(({ isNamed, changePoints }) => isNamed && changePoints !== null);
  const moved = looked
    .flatMap(({ title, changePoints }) =>
      changePoints!.map((point) => ({ title, point, by: Math.abs(point.after - point.before) })),
    )
    .sort((a, b) => b.by - a.by);
  const [most] = moved;
  const when = (time: number): string => (unit === 'day' ? day(time) : moment(time));
  if (most === undefined) {
    const [first, last] = [groups[0]?.start ?? null, groups.at(-1)?.start ?? null];
    if (groups.length === 0) return sentence('No trace has a time');
    if (looked.length === 0 || first === null || last === null)
      return sentence('There is too little to see a change over time');
    return {
      template: 'No cause moved between {0} and {1}, as far as can be told',
      slots: [word(when(first)), word(when(last))],
    };
  }
  const { title, point } = most;
  const others = new Set(moved.map((each) => each.title)).size - 1;
  const verb = point.after > point.before ? 'rose' : 'fell';
  const by = point.releases.length === 0 ? '' : `, with {4}`;
  const more = others === 0 ? '' : `; {5} more ${others === 1 ? 'cause' : 'causes'} moved`;
  return {
    template: `{0} ${verb} on {1}, from {2} to {3} per 1,000 traces${by}${more}`,
    slots: [
      word(title),
      word(when(point.time)),
      word(twoDigits(point.before)),
      word(twoDigits(point.after)),
      word(point.releases.join(' and ')),
      word(inWords(others)),
    ],
  };
}
