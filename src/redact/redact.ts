import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Detected } from '../contract/detected.ts';
import type { Redaction } from '../contract/redaction.ts';
import { findValues } from './find/find-values.ts';
import type { Found } from './find/found.ts';
import { mapJson } from './map-json.ts';
import { redactDetected } from './redact-detected.ts';
import { redactText } from './redact-text.ts';

/** Takes personal data and secrets out of what is written; the same value always becomes the same text. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** Strings and keys of plain data at any depth. Numbers stay: they count and measure. */
  readonly data: <Value>(value: Value) => Value;
  /** Traces, findings and counts before anything is made of them, so that no later cut leaves a part of a value. */
  readonly detected: (detected: Detected) => Detected;
}

/** Email addresses, phone and card numbers, IBANs, API keys, private keys and signed tokens are found. */
export function redactor(redaction: Redaction): Redactor {
  if (redaction.mode === 'off') return UNCHANGED;
  const replace = redaction.mode === 'mask' ? masked : hashed(redaction.salt);
  const text = (given: string): string => redactText(given, findValues(given), replace);
  return {
    text,
    data: (value) => mapJson(value, { text, number: (number) => number }),
    detected: (detected) => redactDetected(detected, replace),
  };
}

const UNCHANGED: Redactor = {
  text: (text) => text,
  data: (value) => value,
  detected: (detected) => detected,
};

const masked = ({ kind }: Found): string => `[${kind}]`;

/** HMAC (RFC 2104) with SHA-256, as ten letters: digits could be taken for another value. */
function hashed(salt: string): (found: Found) => string {
  const key = utf8ToBytes(salt);
  return ({ kind, value }) => {
    const bytes = hmac(sha256, key, utf8ToBytes(`${kind} ${value.toWellFormed()}`));
    let letters = '';
    for (let at = 0; at < 10; at += 1) letters += LETTERS.charAt(bytes[at]! % LETTERS.length);
    return `[${kind} ${letters}]`;
  };
}

/** 16 of them, so that each is as likely; no vowels, so that they spell no word. */
const LETTERS = 'bcdfghjklmnpqrst';

/** Personal data and secrets in a text, in order. */
export const sensitiveIn = (text: string): readonly Found[] => findValues(text);
