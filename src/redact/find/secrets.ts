import type { Found } from './found.ts';

/** Forms of keys as their makers publish them. Every repetition is bounded. */
const KEYS = [
  'sk-[A-Za-z0-9_-]{16,250}', // OpenAI, Anthropic, OpenRouter, DeepSeek
  '(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,250}', // Stripe
  'gh[pousr]_[A-Za-z0-9]{30,255}', // GitHub
  'github_pat_[A-Za-z0-9_]{22,255}',
  'glpat-[A-Za-z0-9_-]{20,100}', // GitLab
  'xox[abceoprs]-[A-Za-z0-9-]{10,250}', // Slack
  'xapp-[A-Za-z0-9-]{10,250}',
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9_])', // AWS
  'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_])', // Google
  'GOCSPX-[A-Za-z0-9_-]{20,60}',
  'ya29\\.[A-Za-z0-9_-]{20,500}',
  'hf_[A-Za-z0-9]{30,100}', // Hugging Face
  'npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])',
  'pypi-[A-Za-z0-9_-]{50,500}',
  'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}', // SendGrid
  '(?:gsk_|xai-|nvapi-|pplx-|r8_|lsv2_pt_|lsv2_sk_|dop_v1_|shpat_|pk-lf-|sk-lf-)[A-Za-z0-9_-]{20,250}',
].join('|');

/** Not inside a word. */
const KEY = new RegExp(`(?<![A-Za-z0-9_])(?:${KEYS})`, 'g');

/** RFC 7519: header and payload are JSON objects in base64url. */
const JWT =
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{4,16000}(?:\.[A-Za-z0-9_-]{0,4000}){0,3}/g;

/** RFC 7468. */
const PEM_BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
const PEM_END = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g;
const LONGEST_PEM = 20_000;

/** API keys. Such a key holds a digit, unlike words joined by dashes. */
export function apiKeys(text: string): Found[] {
  const found: Found[] = [];
  for (const { 0: value, index } of text.matchAll(KEY))
    if (/\d/.test(value))
      found.push({ kind: 'secret', start: index, end: index + value.length, value });
  return found;
}

/** Signed tokens (JWT). */
export const tokens = (text: string): Found[] =>
  Array.from(text.matchAll(JWT), ({ 0: value, index }) => ({
    kind: 'token',
    start: index,
    end: index + value.length,
    value,
  }));

/** From the first line to the last; where that is missing, to the longest that a key can be. */
export function privateKeys(text: string): Found[] {
  const found: Found[] = [];
  PEM_BEGIN.lastIndex = 0;
  for (let begins = PEM_BEGIN.exec(text); begins !== null; begins = PEM_BEGIN.exec(text)) {
    const { 0: begin, index: start } = begins;
    const rest = text.slice(start + begin.length, start + LONGEST_PEM);
    PEM_END.lastIndex = 0;
    const last = PEM_END.exec(rest);
    const end = start + begin.length + (last === null ? rest.length : PEM_END.lastIndex);
    PEM_BEGIN.lastIndex = end;
    found.push({ kind: 'secret', start, end, value: text.slice(start, end) });
  }
  return found;
}
