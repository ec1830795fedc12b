import { type Measure, measures } from '../../text/numbers.ts';

export type NumberInText = Measure;

/** Numbers of a request in order, with the words around them. At most 200. */
export const numbersIn = (text: string): readonly NumberInText[] =>
  measures(text.slice(0, 20_000), 200);

/**
 * Whether an argument stands for a number that was said: equal but for the sign, a percentage as a
 * fraction or the other way round, a measure in a unit a hundred, a thousand or a million times as large or small.
 */
export function isSameNumber(argument: number, said: NumberInText): boolean {
  const value = Math.abs(argument);
  if (close(value, said.value)) return true;
  if (said.isPercent || said.value < 1)
    return [100, 0.01].some((factor) => close(value, said.value * factor));
  return (
    said.after.length > 0 &&
    UNIT_WORD.test(said.after[0] ?? '') &&
    [100, 0.01, 1_000, 0.001, 1e6, 1e-6].some((factor) => close(value, said.value * factor))
  );
}

/** What can be said in a larger or a smaller unit. */
const UNIT_WORD =
  /^(?:k|[kcmnµ]?[mglJWVANs]|[kmg]?hz|[kmgt]b|[kmgt]?w|(?:kilo|centi|milli|micro|nano|mega|giga)?(?:met(?:er|re)|gram|lit(?:er|re)|watt|volt|amp(?:ere)?|joule|newton|pascal|second|hertz|ohm|tesla|farad|coulomb|byte)s?|[km]?pa|cents?|dollars?|euros?|percentage|basis)$/i;

const close = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
