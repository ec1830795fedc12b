/**
 * One spelling for the ids recorders write: lower-case hex for hex, `0x…`, UUIDs, base64 of the right
 * number of bytes and whole numbers; other ids stay as they are. All-zero and empty ids are ''.
 * `bytes` is 16 for traces and 8 for spans.
 */
export function identifier(value: unknown, bytes: 8 | 16): string {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) {
    return value > 0 ? value.toString(16).padStart(bytes * 2, '0') : '';
  }
  if (typeof value !== 'string') return '';
  const digits = bytes * 2;
  if (value.length === digits && HEX.test(value)) return nonZero(lower(value));
  return foreign(value.trim(), bytes);
}

/** True for a hex id of exactly that many bytes. */
export function isHexIdentifier(id: string, bytes: 8 | 16): boolean {
  return id.length === bytes * 2 && HEX.test(id);
}

const HEX = /^[0-9a-fA-F]+$/;
const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

function foreign(text: string, bytes: 8 | 16): string {
  if (text.startsWith('0x') && HEX.test(text.slice(2))) {
    return nonZero(lower(text.slice(2)).padStart(bytes * 2, '0'));
  }
  if (UUID.test(text)) return nonZero(lower(text.replaceAll('-', '')));
  const bare = text.startsWith('tr-') ? text.slice(3) : text;
  if (bare.length === bytes * 2 && HEX.test(bare)) return nonZero(lower(bare));
  const padded = bytes === 8 ? 12 : 24;
  if (text.length === padded && text.endsWith('=') && BASE64.test(text)) {
    return nonZero(hexOfBase64(text));
  }
  return text;
}

function hexOfBase64(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  let hex = '';
  for (let i = 0; i < binary.length; i++) {
    hex += binary.charCodeAt(i).toString(16).padStart(2, '0');
  }
  return hex;
}

const lower = (text: string): string => text.toLowerCase();
const nonZero = (hex: string): string => (/[^0]/.test(hex) ? hex : '');
