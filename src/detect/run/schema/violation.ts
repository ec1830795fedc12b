/** One way in which a value breaks a JSON Schema. */
export interface Violation {
  readonly kind:
    | 'missing'
    | 'unexpected'
    | 'wrong type'
    | 'value as text'
    | 'null for optional'
    | 'not allowed'
    | 'out of range'
    | 'wrong format';
  /** Path to the value, or for `missing` to the absent one. Array indexes are numbers. */
  readonly path: readonly (string | number)[];
  /** What the schema asks for there: a type, a list of allowed values, a bound. */
  readonly expected: string;
}

/** A value that breaks its schema in more ways than these is broken enough. */
export const MOST_VIOLATIONS = 20;
