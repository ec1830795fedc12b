import type { CallSite } from '../../run/calls.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';

/**
 * Values of a second call that the request gives: the name next to one that was used ("Berlin and
 * Paris"), or as many numbers again. Null when there are none.
 */
export function missingSecondCall(
  site: CallSite,
  request: Request,
  unused: readonly NumberInText[],
  names: readonly string[],
): readonly string[] | null {
  const values = site.leaves.map(({ value }) => value);
  const used = values.map(String).filter((value) => value.length > 2);
  const sibling = names.find((name) =>
    used.some(
      (value) =>
        request.text.includes(`${value} and ${name}`) ||
        request.text.includes(`${name} and ${value}`),
    ),
  );
  const measured = values.filter((value) => typeof value === 'number').length;
  if (values.length > MOST_VALUES) return null;
  const again = measured > 0 && unused.length >= Math.max(2, measured);
  const like = request.numbers.filter((number) => !unused.some(({ at }) => at === number.at));
  const same = unused.find((number) => like.some((other) => isSameMeasure(number, other)));
  if (sibling === undefined && !again && same === undefined) return null;
  return sibling === undefined ? unused.map(({ text }) => text) : [sibling];
}

/** "4 people … 2 people", "stage 7 … stage 3". */
const isSameMeasure = (left: NumberInText, right: NumberInText): boolean =>
  (left.before !== '' && left.before === right.before && !LINKS.has(left.before)) ||
  (left.after[0] !== undefined &&
    left.after[0] === right.after[0] &&
    left.after[0].length > 2 &&
    !LINKS.has(left.after[0]));

/** A call with more values than this works on a whole list at once. */
const MOST_VALUES = 12;

const LINKS = new Set(
  'the and for with from that this into between about over under than'.split(' '),
);
