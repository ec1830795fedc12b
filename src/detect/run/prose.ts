/**
 * Whether a text is sentences and no table: at most 15 % of its letters and digits are digits. News and
 * reports keep under 12 %, most statements and tables of figures have 20 % and more. Reads the first 20,000 characters.
 */
export function isProse(text: string): boolean {
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < text.length && at < READ; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) digits += 1;
    else if (unit > 127 || (unit | 32) >= 97) letters += 1;
  }
  return digits <= MOST_DIGITS * (digits + letters);
}

const READ = 20_000;
const MOST_DIGITS = 0.15;
