/** A sentence with its final period, unless it ends with one, also inside of quotation marks. */
export const withPeriod = (sentence: string): string =>
  /[.!?…]["”’)]?$/.test(sentence) ? sentence : `${sentence}.`;
