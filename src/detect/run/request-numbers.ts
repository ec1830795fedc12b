import { type Measure, measures } from '../../text/numbers.ts';

export type NumberInText = Measure;

/** Numbers of a text in order, with the words around them. At most 200, from the first 20,000 characters. */
export const numbersIn = (text: string): readonly NumberInText[] =>
  measures(text.slice(0, 20_000), 200);

/**
 * Whether an argument is a number of the text: equal but for the sign, a percentage as a fraction or the
 * other way around, or a measure in a unit a hundred, a thousand or a million times as large or small.
 */
export function isSameNumber(argument: number, given: NumberInText): boolean {
  const value = Math.abs(argument);
  if (close(value, given.value)) return true;
  if (given.isPercent || given.value < 1)
    return [100, 0.01].some((factor) => close(value, given.value * factor));
  return (
    UNIT_WORD.test(given.after[0] ?? '') &&
    [100, 0.01, 1_000, 0.001, 1e6, 1e-6].some((factor) => close(value, given.value * factor))
  );
}

/** Units that have a larger or a smaller one of the same kind. */
const UNIT_WORD =
  /^(?:k|[kcmnµ]?[mglJWVANs]|[kmg]?hz|[kmgt]b|[kmgt]?w|(?:kilo|centi|milli|micro|nano|mega|giga)?(?:met(?:er|re)|gram|lit(?:er|re)|watt|volt|amp(?:ere)?|joule|newton|pascal|second|hertz|ohm|tesla|farad|coulomb|byte)s?|[km]?pa|cents?|dollars?|euros?|percentage|basis)$/i;

const close = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
