import * as z from 'zod';
import { checkUseSchema } from '../../contract/check-use.ts';
import { suiteSchema } from '../../contract/suite.ts';
import { allChecks } from '../checks/use-check.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** JSON Schema of suites, in which every check has its own parameters, so that editors can complete them. */
export function suiteJsonSchema(): Schema {
  const schema = z.toJSONSchema(suiteSchema, OPTIONS);
  const uses = {
    anyOf: allChecks().map(({ id, passes, params }) => {
      const { $schema: _, ...own } = z.toJSONSchema(params, OPTIONS);
      return {
        type: 'object',
        description: passes,
        properties: {
          ...useProperties,
          check: { const: id, description: passes },
          params: own,
        },
        required: ['check', ...((own.required ?? []).length > 0 ? ['params'] : [])],
        additionalProperties: false,
      };
    }),
  };
  const cases = schema.properties?.['cases'] as Schema;
  const item = cases.items as Schema;
  return {
    ...schema,
    title: 'Culprit suite',
    $defs: { check: uses as Schema },
    properties: {
      ...schema.properties,
      checks: { ...(schema.properties?.['checks'] as Schema), items: CHECK },
      cases: {
        ...cases,
        items: {
          ...item,
          properties: {
            ...item.properties,
            checks: { ...(item.properties?.['checks'] as Schema), items: CHECK },
          },
        },
      },
    },
  };
}

const CHECK: Schema = { $ref: '#/$defs/check' };

/** As people write it: defaults are optional. That a value is never changed says nothing to an editor. */
const OPTIONS = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: Schema }) => {
    delete jsonSchema.readOnly;
  },
} as const;

/** What every use may have besides its check and parameters; described once. */
const { check: _, params: __, ...others } = checkUseSchema.unwrap().shape;
const useProperties = z.toJSONSchema(z.object(others), OPTIONS).properties ?? {};
