import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Suite } from '../../contract/suite.ts';

const DIGITS = 16;

/** SHA-256 of a value as JSON with sorted keys: 16 hex digits. */
export const contentHash = (value: unknown): string =>
  bytesToHex(sha256(utf8ToBytes(canonical(value)))).slice(0, DIGITS);

/** JSON with sorted keys and without missing values, so that equal values give equal texts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, each]) => each !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );

/**
 * The version of a suite: a hash of what decides its verdicts. Comments, order of keys, and what runs write into it
 * (spent cases, quarantines) do not change it.
 */
export const suiteHash = ({ cases, ...suite }: Suite): string =>
  contentHash({
    ...suite,
    cases: cases.map(({ spent: _, quarantined: __, input: ___, ...rest }) => rest),
  });
