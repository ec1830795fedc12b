import { z } from '../packages.ts';
import { orNull } from './api-group.ts';

/** Beside everything that counts stored verdicts or compares them. */
export const mixedVersions = orNull(
  z
    .object({
      older: z.number().describe('traces that another version judged'),
      traces: z.number().describe('all that are stored'),
      isRunning: z
        .boolean()
        .describe('the others are being judged again; otherwise that was cancelled, or cannot be'),
    })
    .openapi('MixedVersions'),
).describe(
  'null where one version of Culprit, with the facts and causes of one analysis, judged all stored traces',
);
