const FORM = /\b(?:YYYY|MM|DD)([-/.]?)(?:YYYY|MM|DD)(?:\1(?:YYYY|MM|DD))?\b/i;
const ISO = 'YYYY-MM-DD';

/** Year, month and day of a date; parts that its form lacks are null. */
export interface DateParts {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
}

/** A date read in the form that a description asks for (`MM-DD-YYYY`), else in ISO form; null when it has another. */
export function dateParts(value: string, description: string): DateParts | null {
  const form = (FORM.exec(description)?.[0] ?? ISO).toUpperCase();
  const match = patternOf(form).exec(value);
  if (match === null) return null;
  const names = partsOf(form);
  const part = (name: string): number | null =>
    names.includes(name) ? Number(match[names.indexOf(name) + 1]) : null;
  const month = part('MM');
  const day = part('DD');
  if (month === null || month < 1 || (day ?? 1) < 1 || (day ?? 1) > 31) return null;
  return { year: part('YYYY'), month, day };
}

/** Whether a value written in digits as a date has the form that a description asks for; true where it asks for none. */
export function isDateAsDescribed(value: string, description: string): boolean {
  if (!FORM.test(description) || !/^\d[\d/.-]{3,12}\d$/.test(value)) return true;
  const form = FORM.exec(description)?.[0].toUpperCase() ?? ISO;
  if (!patternOf(form).test(value)) return false;
  if (!partsOf(form).includes('MM')) return true;
  const parts = dateParts(value, description);
  return parts !== null && parts.month <= 12;
}

const partsOf = (form: string): readonly string[] => form.match(/YYYY|MM|DD/g) ?? [];

function patternOf(form: string): RegExp {
  const separator = (/[-/.]/.exec(form)?.[0] ?? '').replace(/\W/g, '\\$&');
  const digits = partsOf(form).map((part) => (part === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})'));
  return new RegExp(`^${digits.join(separator)}$`);
}
