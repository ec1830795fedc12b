import * as z from 'zod';

/** Asks for the page after one. */
export const cursor = z.string().max(60).optional().describe('`cursor` of the page before');
