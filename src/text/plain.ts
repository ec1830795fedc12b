/**
 * Text with typographic apostrophes and quotes as plain ones, so that patterns need one form. Keeps
 * length and therefore positions.
 */
export const plainQuotes = (text: string): string =>
  CURLY.test(text)
    ? text.replace(/[\u2018\u2019\u02BC]/g, "'").replace(/[\u201C\u201D]/g, '"')
    : text;

const CURLY = /[\u2018\u2019\u02BC\u201C\u201D]/;

/** The last answer for the same argument is kept, for detectors that ask the same of one trace. */
export function remember<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { readonly argument: A; readonly answer: R } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, answer: compute(argument) };
    return last.answer;
  };
}
