/** Names a pair of causes, whichever comes first. The same as `pairOf` of the contract, which brings its schemas along. */
export const pairOf = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);
