import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { byText } from '../../text/by-text.ts';

/**
 * Version of a prompt without a recorded version: a hash of the system prompt with numbers, ids, dates and addresses
 * masked, so that a date or a user id does not make a new version. Null without a system prompt.
 */
export const impliedVersion = (systemPrompt: string): string | null =>
  systemPrompt === '' ? null : hashed(systemPrompt);

const hashed = byText(
  (prompt) => `sha:${bytesToHex(sha256(utf8ToBytes(masked(prompt)))).slice(0, 12)}`,
);

/** The beginning distinguishes prompts; a knowledge base appended to it need not be hashed. */
const MAX_LENGTH = 4096;

const masked = (text: string): string =>
  text
    .slice(0, MAX_LENGTH)
    .replace(/[A-Za-z]{0,20}[-_]?\d[\w:./@-]{0,80}/g, '#')
    .replace(/\S{1,64}@\S{1,64}/g, '#')
    .replace(/\s+/g, ' ');
