import { measures } from '../../text/numbers.ts';

/** A number in a text. */
export interface NumberInText {
  readonly value: number;
  /** As written, without its unit. */
  readonly text: string;
  readonly at: number;
  readonly isPercent: boolean;
  /** The words after it, up to three, which tell what it counts or measures. */
  readonly after: readonly string[];
  /** The word before it, '' when there is none. */
  readonly before: string;
}

/** Numbers of a text in order, with the words around them. At most 200, from the first 20,000 characters. */
export const numbersIn = (text: string): readonly NumberInText[] =>
  measures(text.slice(0, 20_000), 200).map((quantity) => {
    const digits = DIGITS.exec(quantity.text);
    const own = digits?.[0] ?? quantity.text;
    const at = quantity.start + (digits?.index ?? 0);
    const end = quantity.start + quantity.text.length;
    return {
      value: quantity.value,
      text: own,
      at,
      isPercent: quantity.kind === 'percent',
      before: BEFORE.exec(text.slice(Math.max(0, at - 40), at))?.[1]?.toLowerCase() ?? '',
      after: wordsAfter(text.slice(end, end + 60)),
    };
  });

const DIGITS = /(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/i;
const BEFORE = /(\p{L}{3,30})\s(?:of\s|is\s)?[$€£]?$/u;

const wordsAfter = (text: string): readonly string[] =>
  (text.split(/[.,;:?!]/)[0] ?? '')
    .toLowerCase()
    .match(/[\p{L}]+/gu)
    ?.slice(0, 3) ?? [];

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
