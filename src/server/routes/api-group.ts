import type { z } from 'zod';
import { problemResponse } from '../http/problem.ts';
import type { HttpBindings } from '../packages.ts';
import { OpenAPIHono } from '../packages.ts';

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
