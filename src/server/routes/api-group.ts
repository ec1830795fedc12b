import { problemResponse } from '../http/problem.ts';
import type { HttpBindings } from '../packages.ts';
import { OpenAPIHono, z } from '../packages.ts';

export type Api = OpenAPIHono<{ Bindings: HttpBindings }>;

/** A group of routes, which answers input that does not fit its schema with a problem. */
export const newApi = (): Api =>
  new OpenAPIHono<{ Bindings: HttpBindings }>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      return problemResponse({
        status: 400,
        code: 'invalid_input',
        detail: `${issue?.path.join('.') || result.target}: ${issue?.message ?? 'not valid'}`,
      });
    },
  });

/** An answer in JSON, for the description of a route. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A schema of the contract under its name in the description of the API, which clients then have as a type. */
export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  // The method is there on schemas that were made after the package was loaded.
  schema.clone().openapi(name);

/** `nullable()` of a schema with a name would make every use of the name nullable. */
export const orNull = <Schema extends z.ZodType>(schema: Schema): z.ZodUnion<[Schema, z.ZodNull]> =>
  z.union([schema, z.null()]);
