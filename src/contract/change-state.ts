/**
 * What happened to a rate. The first four passed the test (q < 0.05). `new`, `gone`: and the other side is surely below
 * a tenth of this one. `same`: the interval excludes a doubling and a halving. `cannot tell`: none of these.
 */
export const CHANGE_STATES = ['new', 'grown', 'gone', 'shrunk', 'cannot tell', 'same'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];
