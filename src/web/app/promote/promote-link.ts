/** The hash of a cause's address that opens its promotion. */
export const PROMOTE = 'promote';
