import { nextFloat, type RandomState } from '../../numeric/random/random.ts';

/** Ids and numbers of two characters or more. */
const ENTITY = /\b(?:[A-Z]{1,6}-?)?\d[\d-]*\d\b/g;

/** The request with the first id or number of another request in place of its own; null where one has none. */
export function withEntity(request: string, other: string): string | null {
  const [own] = request.match(ENTITY) ?? [];
  const theirs = other.match(ENTITY)?.find((each) => each !== own);
  return own === undefined || theirs === undefined ? null : request.replace(own, () => theirs);
}

/** The request with two neighbors of an id or a name changed places; null where it has neither. */
export function withSlip(request: string, random: RandomState): string | null {
  const found = [
    ...(request.match(ENTITY) ?? []),
    ...(request.match(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}{3,}/gu) ?? []),
  ];
  const chosen = found[Math.floor(nextFloat(random) * found.length)];
  if (chosen === undefined) return null;
  const letters = [...chosen];
  const places = [...letters.keys()].filter((at) => at > 0 && letters[at] !== letters[at + 1]);
  const open = places.filter((at) => at + 1 < letters.length);
  const at = open[Math.floor(nextFloat(random) * open.length)];
  if (at === undefined) return null;
  [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  return request.replace(chosen, () => letters.join(''));
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];

const WORDS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The same dates, amounts and lengths in another form; null where the request has none. */
export function numberForms(request: string): string | null {
  const changed = request
    .replaceAll(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (all, year: string, month: string, day: string) => {
      const name = MONTHS[Number(month) - 1];
      return name === undefined ? all : `${Number(day)} ${name} ${year}`;
    })
    .replaceAll(/\$(\d+(?:\.\d\d)?)\b/g, '$1 US dollars')
    .replaceAll(/\b(\d{1,3}) ?km\b/g, '$1000 m')
    .replaceAll(/\b(\d{1,3}) ?kg\b/g, '$1000 g')
    .replaceAll(/\b(\d{1,2}) hours\b/g, (_, hours: string) => `${60 * Number(hours)} minutes`)
    .replaceAll(
      /(?<![\w.,-])([2-9]|10)(?![\w.,-]*\d)(?= [a-z])/g,
      (_, digit: string) => WORDS[Number(digit) - 2]!,
    );
  return changed === request ? null : changed;
}
