/** What becomes of personal data and secrets in what is written. */
export const REDACTIONS = ['off', 'mask', 'hash'] as const;

/** `mask` names the kind, as in `[email]`; `hash` adds a keyed hash, as in `[email kqzvnbtdrw]`, so that equal values stay equal. */
export type Redaction =
  | { readonly mode: 'off' }
  | { readonly mode: 'mask' }
  | {
      readonly mode: 'hash';
      /** Key of the hash. Whoever has it can tell whether a given value was there. */
      readonly salt: string;
    };
