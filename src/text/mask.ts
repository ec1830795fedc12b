import { MONTH } from './dates.ts';

/**
 * Text with every value that differs between two traces of the same cause replaced by a
 * placeholder: `<url> <mail> <uuid> <date> <time> <path> <value> <hash> <id> <num> <name>`. Identifiers of code
 * (snake_case, camelCase, dotted, anything in backticks) and HTTP status codes stay, since they name
 * the cause. Linear in the text; whitespace is collapsed.
 */
export function mask(text: string): string {
  return text
    .replace(VALUES, (match, ...groups) => {
      const kind = groups.findIndex((group) => group !== undefined);
      return placeholder(KINDS[kind] ?? 'keep', match);
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** Masked text as one part of a cause: lower case, cut at `limit` characters. */
export const maskedKey = (text: string, limit = 80): string =>
  mask(text.slice(0, 20 * limit))
    .toLowerCase()
    .slice(0, limit)
    .trim();

/** In order of precedence: what an earlier kind matches, no later one sees. */
const RULES = {
  keep: '`[^`\\n]{1,200}`|\\b(?:HTTP(?:/\\d(?:\\.\\d)?)?|[Ss]tatus(?: code)?|[Ee]rror(?: code)?|[Cc]ode)[ :=]{1,3}[1-5]\\d\\d\\b',
  url: '\\b(?:[a-zA-Z][a-zA-Z0-9+.-]{1,10}://|www\\.)[^\\s"\'<>)\\]}]{1,2000}',
  mail: '\\b[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}',
  uuid: '\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b',
  date: `\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?|\\b\\d{1,4}/\\d{1,2}/\\d{1,4}\\b|\\b\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\b|\\b(?:${MONTH})\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?\\b|\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTH})(?:,? \\d{4})?\\b`,
  time: '\\b\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[aApP]\\.?[mM]\\b)?',
  path: '(?<![\\w.])(?:[A-Za-z]:\\\\|~?/|\\.{1,2}/)[\\w.@-]{1,100}(?:[\\\\/][\\w.@-]{1,100}){1,30}/?',
  value:
    '"[^"\\n]{1,200}"|“[^”\\n]{1,200}”|(?<!\\w)\'[^\'\\n]{1,200}\'(?!\\w)|(?<!\\w)‘[^’\\n]{1,200}’(?!\\w)',
  hash: '\\b(?=[0-9a-fA-F]{0,80}\\d)(?=[0-9a-fA-F]{0,80}[a-fA-F])[0-9a-fA-F]{8,128}\\b',
  id: '\\b(?=[A-Za-z_-]{0,60}\\d)(?=[\\d_-]{0,60}[A-Za-z])[A-Za-z0-9][A-Za-z0-9_-]{1,128}\\b',
  num: '[-+]?[$€£]?(?<![\\w.])\\d{1,40}(?:[.,]\\d{1,40}){0,10}%?',
  name: '\\b\\p{Lu}\\p{Ll}{1,30}(?: (?:\\p{Lu}\\.|\\p{Lu}\\p{Ll}{1,30})){1,5}\\b',
} as const;

type Kind = keyof typeof RULES;

const KINDS = Object.keys(RULES) as readonly Kind[];
const VALUES = new RegExp(
  Object.values(RULES)
    .map((rule) => `(${rule})`)
    .join('|'),
  'gu',
);

function placeholder(kind: Kind, match: string): string {
  switch (kind) {
    case 'keep':
      return match;
    case 'value': {
      const inner = match.slice(1, -1);
      return isIdentifier(inner) ? match : '<value>';
    }
    case 'id':
      return /^[A-Za-z]{2,}[_-]?\d{1,2}$/.test(match) ? match.replace(/\d+$/, '#') : '<id>';
    default:
      return `<${kind}>`;
  }
}

/** Names of code, not of users: `order_id`, `orderId`, `OrderError`, `json.loads`. */
const isIdentifier = (text: string): boolean =>
  /^[A-Za-z_$][A-Za-z$]{0,60}(?:[_.][A-Za-z$]{1,60}|[a-z][A-Z][A-Za-z]{0,60}){1,8}(?:\(\))?$/.test(
    text,
  );
