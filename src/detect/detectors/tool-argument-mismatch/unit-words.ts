import type { NumberInText } from '../../run/request-numbers.ts';

/** Units that a text names, as ids. */
export function unitsIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return FAMILIES.flatMap((units) =>
    units.flatMap(([id, words]) => (words.some((word) => hasWord(lower, word)) ? [id] : [])),
  );
}

/** The unit after a number; null when there is none. */
export function unitOf(number: NumberInText): string | null {
  if (number.isPercent) return 'percent';
  const [word] = number.after;
  if (word === undefined) return null;
  for (const units of FAMILIES) {
    const found = units.find(([, words]) => words.includes(word));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** Whether two units measure the same. */
export const areRivals = (left: string, right: string): boolean =>
  left !== right &&
  FAMILIES.some((units) => [left, right].every((unit) => units.some(([id]) => id === unit)));

const hasWord = (text: string, word: string): boolean => {
  const at = text.indexOf(word);
  if (at === -1) return false;
  return !/[a-z]/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '');
};

/** Units of one kind: an id, and the words for it. `second` alone is an ordinal as often as a unit. */
const FAMILIES: readonly (readonly (readonly [string, readonly string[]])[])[] = [
  [
    ['kilometre', ['km', 'kilometer', 'kilometers', 'kilometre', 'kilometres']],
    ['mile', ['mile', 'miles']],
    ['metre', ['m', 'meter', 'meters', 'metre', 'metres']],
    ['centimetre', ['cm', 'centimeter', 'centimeters', 'centimetre', 'centimetres']],
    ['foot', ['ft', 'foot', 'feet']],
    ['inch', ['inch', 'inches']],
  ],
  [
    ['kilogram', ['kg', 'kilogram', 'kilograms']],
    ['gram', ['g', 'gram', 'grams']],
    ['pound', ['lb', 'lbs', 'pound', 'pounds']],
    ['ounce', ['oz', 'ounce', 'ounces']],
  ],
  [
    ['celsius', ['celsius', '°c']],
    ['fahrenheit', ['fahrenheit', '°f']],
    ['kelvin', ['kelvin']],
  ],
  [
    ['second', ['seconds', 'sec']],
    ['minute', ['minute', 'minutes', 'min']],
    ['hour', ['hour', 'hours']],
    ['day', ['day', 'days']],
    ['week', ['week', 'weeks']],
    ['month', ['month', 'months']],
    ['year', ['year', 'years']],
  ],
  [
    ['percent', ['percent', 'percentage', '%']],
    ['fraction', ['decimal', 'fraction', 'proportion']],
  ],
  [
    ['dollar', ['dollar', 'dollars']],
    ['cent', ['cent', 'cents']],
  ],
];
