/** A number in a text. */
export interface NumberInText {
  readonly value: number;
  /** As it stands there, without unit. */
  readonly text: string;
  readonly at: number;
  readonly isPercent: boolean;
  /** The words after it, up to three: what it counts or measures. */
  readonly after: readonly string[];
  /** The word before it, '' when there is none. */
  readonly before: string;
}

const NUMBER =
  /(?<![\p{L}\p{N}_.^])(?:[$€£]\s?)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?|\.\d+)(?:\s?(%|percent\b|k\b|thousand\b|million\b|billion\b|dozen\b))?|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|hundred|thousand)\b/gu;

const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  twice: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  hundred: 100,
  thousand: 1_000,
};

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
};

/** Numbers of a text in order, digits and the common number words; digits inside codes and words are none. At most 200. */
export function numbersIn(text: string): readonly NumberInText[] {
  const found: NumberInText[] = [];
  for (const match of text.slice(0, 20_000).matchAll(NUMBER)) {
    const [whole, digits, suffix, word] = match;
    const next = text.slice(match.index + whole.length, match.index + whole.length + 60);
    if (digits !== undefined && /^[\p{L}_]/u.test(next) && !UNIT.test(next)) continue;
    const scale = suffix === undefined ? 1 : (SCALES[suffix] ?? 1);
    found.push({
      value:
        word === undefined
          ? Number((digits ?? '').replaceAll(',', '')) * scale
          : (WORDS[word] ?? 0),
      text: digits ?? word ?? '',
      at: match.index,
      isPercent: suffix === '%' || suffix === 'percent',
      before:
        /(\p{L}{3,30})\s(?:of\s|is\s)?[$€£]?$/u
          .exec(text.slice(Math.max(0, match.index - 40), match.index))?.[1]
          ?.toLowerCase() ?? '',
      after:
        (next.split(/[.,;:?!]/)[0] ?? '')
          .toLowerCase()
          .match(/[\p{L}]+/gu)
          ?.slice(0, 3) ?? [],
    });
    if (found.length >= 200) break;
  }
  return found;
}

/** Letters that may follow digits without a space: `5km`, `3rd`, `10x`. */
const UNIT =
  /^(?:[kcmnµ]?[mglJWVANsK]|km|kg|mg|cm|mm|kmh|mph|hz|kw|mol|lbs?|ft|in|yd|hrs?|min|sec|ms|st|nd|rd|th|x|am|pm|gb|mb|tb|°?[CF])(?![\p{L}])/iu;

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
