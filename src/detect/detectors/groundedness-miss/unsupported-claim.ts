/** A piece of the answer that the context does not support. */
export interface UnsupportedClaim {
  readonly kind:
    | 'citation out of range'
    | 'quote not in context'
    | 'number changed'
    | 'number not in context'
    | 'date changed'
    | 'date not in context'
    | 'name changed'
    | 'name not in context'
    | 'negation'
    | 'low coverage';
  /** Verbatim, from the answer. */
  readonly text: string;
  /** Verbatim, the sentence of the source that it contradicts or comes closest to; null when there is none. */
  readonly closest: string | null;
}
