const DAY = 24 * 60 * 60 * 1000;

/** When the store may drop what was received then; epoch milliseconds. */
export const expiry = (received: number, keepDays: number): number => received + keepDays * DAY;
