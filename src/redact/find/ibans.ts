import { type Found, isWordAt } from './found.ts';

/** Characters of an IBAN by country: ISO 13616 registry, release 99. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Array.from(
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'.matchAll(
      /([A-Z]{2})(\d\d)/g,
    ),
    ([, country = '', length]) => [country, Number(length)],
  ),
);

const BEGIN = /[A-Za-z]{2}\d\d/g;

/** Account numbers with the length of their country and a valid checksum, in one piece or with single spaces or dashes. */
export function ibans(text: string): Found[] {
  const found: Found[] = [];
  BEGIN.lastIndex = 0;
  for (let match = BEGIN.exec(text); match !== null; match = BEGIN.exec(text)) {
    const start = match.index;
    const length = LENGTHS.get(match[0].slice(0, 2).toUpperCase());
    const read =
      length === undefined || isWordAt(text, start - 1) ? null : take(text, start, length);
    if (read === null || !isValid(read.value)) BEGIN.lastIndex = start + 1;
    else {
      found.push({ kind: 'iban', start, ...read });
      BEGIN.lastIndex = read.end;
    }
  }
  return found;
}

/** So many letters and digits; null where the text has fewer or goes on. */
function take(
  text: string,
  start: number,
  length: number,
): { readonly value: string; readonly end: number } | null {
  let value = '';
  let at = start;
  for (; value.length < length; at += 1) {
    const char = text.charAt(at);
    if (/[A-Za-z0-9]/.test(char)) value += char;
    else if (!/[ \u00a0-]/.test(char) || !/[A-Za-z0-9]/.test(text.charAt(at + 1))) return null;
  }
  return isWordAt(text, at) ? null : { value: value.toUpperCase(), end: at };
}

/** ISO 7064, mod 97-10. */
function isValid(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const digits = Number.parseInt(char, 36);
    rest = (rest * (digits > 9 ? 100 : 10) + digits) % 97;
  }
  return rest === 1;
}
