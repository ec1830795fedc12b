import { CulpritError } from '../contract/culprit-error.ts';

/** A JSON string, so that the template is also well-formed without data. */
const PLACEHOLDER = '"__CULPRIT_DATA__"';

/**
 * Inserts the data into a built page (`dist/web/report.html`, `dist/web/eval.html`). Same template and data, same text.
 * The JSON is safe inside its script element whatever traces contain: every `<` is escaped, so neither
 * `</script` nor `<!--` can occur (HTML standard, restrictions for contents of script elements).
 * Throws `not_built` unless the template has exactly one placeholder.
 */
export function fillTemplate(template: string, data: object): string {
  const parts = template.split(PLACEHOLDER);
  const [before, after] = parts;
  if (before === undefined || after === undefined || parts.length !== 2) {
    throw new CulpritError(
      'not_built',
      `the report page has ${parts.length - 1} placeholders for data instead of one: rebuild it with "npm run build"`,
    );
  }
  return `${before}${scriptJson(data)}${after}`;
}

/** The JSON that `fillTemplate` put into a page; null for any other text. */
export function templateData(page: string): string | null {
  const begin = page.indexOf(DATA_BEGIN);
  if (begin < 0) return null;
  const from = begin + DATA_BEGIN.length;
  const end = page.indexOf('</script>', from);
  return end < 0 ? null : page.slice(from, end);
}

const DATA_BEGIN = '<script type="application/json" id="culprit-data">';

const scriptJson = (data: object): string =>
  JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
