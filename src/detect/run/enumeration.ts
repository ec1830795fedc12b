/**
 * The items of an enumeration in a text, all of one form: quoted values, names, or single words up to
 * the end of a clause ("of copper and zinc."). At most 50 enumerations.
 */
export function enumerationsIn(text: string): readonly (readonly string[])[] {
  const head = text.slice(0, 20_000);
  return FORMS.flatMap(({ whole, item }) =>
    [...head.matchAll(whole)].map((match) =>
      [...match[0].replace(/,?\sand\s/g, ', ').matchAll(item)].map((part) =>
        (part[1] ?? part[0]).replace(/[.,;:?!]$/, ''),
      ),
    ),
  ).slice(0, 50);
}

const QUOTED = `(?<![\\p{L}\\p{N}])(?:'[^'\\n]{1,60}'|"[^"\\n]{1,60}")(?!\\p{L})`;
const NAME = '\\p{Lu}[\\p{L}\\p{N}]{0,30}(?:\\s\\p{Lu}[\\p{L}\\p{N}]{0,30}){0,3}';
const WORD = '[\\p{Ll}\\p{N}][\\p{Ll}\\p{N}-]{2,40}';

const FORMS = [
  { item: /['"]([^'"\n]{1,60})['"]/gu, whole: enumerationOf(QUOTED, '') },
  { item: new RegExp(NAME, 'gu'), whole: enumerationOf(NAME, '(?![\\p{L}\\p{N}])') },
  { item: new RegExp(WORD, 'gu'), whole: enumerationOf(WORD, '(?=\\s{0,3}(?:[.,;:?!)]|$))') },
];

function enumerationOf(item: string, end: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${item}(?:,\\s${item}){0,20},?\\sand\\s${item}${end}`,
    'gu',
  );
}
