/** `secret` is an API key or a private key, `token` one of a session. */
type Kind = 'secret' | 'token' | 'iban' | 'email' | 'card' | 'phone';

/** A value that says who somebody is, or that opens something. */
export interface Found {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  /** The same for two spellings of one value. */
  readonly value: string;
}

/** A letter, a digit or an underscore of any script: part of a word. */
export const isWordAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && /[\p{L}\p{N}_]/u.test(text.charAt(at));
