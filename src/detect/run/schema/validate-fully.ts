import { Validator } from '@cfworker/json-schema';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { MOST_VIOLATIONS, type Violation } from './violation.ts';

/** Keywords that only the full validator knows. */
export const isRareKeyword = (keyword: string): boolean => RARE.has(keyword);

const RARE = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
  'multipleOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minProperties',
  'maxProperties',
  'pattern',
  'format',
]);

const KINDS: Readonly<Record<string, Violation['kind']>> = {
  type: 'wrong type',
  required: 'missing',
  additionalProperties: 'unexpected',
  unevaluatedProperties: 'unexpected',
  propertyNames: 'unexpected',
  enum: 'not allowed',
  const: 'not allowed',
  oneOf: 'not allowed',
  not: 'not allowed',
  format: 'wrong format',
  pattern: 'wrong format',
  minimum: 'out of range',
  maximum: 'out of range',
  exclusiveMinimum: 'out of range',
  exclusiveMaximum: 'out of range',
  multipleOf: 'out of range',
  minLength: 'out of range',
  maxLength: 'out of range',
  minItems: 'out of range',
  maxItems: 'out of range',
  uniqueItems: 'not allowed',
};

/** Every keyword of the standard, about ten times slower than the common ones alone. A schema that is itself broken gives none. */
export function validateFully(value: Json, schema: JsonObject): readonly Violation[] {
  try {
    const { errors } = new Validator(schema, '2020-12', false).validate(value);
    return errors
      .flatMap((error): Violation[] => {
        const kind = KINDS[error.keyword];
        if (kind === undefined) return [];
        const path = error.instanceLocation
          .split('/')
          .slice(1)
          .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'));
        const missing = kind === 'missing' ? /"([^"]*)"/.exec(error.error)?.[1] : undefined;
        return [
          {
            kind,
            path: missing === undefined ? path : [...path, missing],
            expected: expectedBy(error.error),
          },
        ];
      })
      .slice(0, MOST_VIOLATIONS);
  } catch {
    return [];
  }
}

/** The types at the end of a message such as `Instance type "string" is invalid. Expected "number".`; any other message as it is. */
const expectedBy = (message: string): string =>
  /Expected "(.{1,200})"\.$/.exec(message)?.[1]?.replaceAll('", "', ' or ') ?? message;
