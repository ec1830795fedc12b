/** The hash of a cause's address that opens its promotion. */
export const PROMOTE = 'promote';

/** What writing a suite asks. */
export const WRITE_SUITE = 'POST /causes/{id}/suite';
