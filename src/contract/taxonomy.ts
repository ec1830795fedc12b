import * as z from 'zod';
import { categorySchema } from './category.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,79}$/, 'an id: small letters, digits and _, a letter first');

export const taxonomyCategorySchema = categorySchema
  .unwrap()
  .omit({ example: true })
  .extend({
    id,
    name: z.string().trim().min(1).max(200),
    definition: z.string().max(4000).describe('a pass criterion: what a good run does'),
    severity: z.int().min(1).max(5),
    fixCost: z.number().positive().max(100),
    parent: id.nullable().describe('id of the category above; null at the top'),
    examples: z.array(z.string().max(4000)).max(50).readonly(),
    crosswalk: z
      .record(z.string().max(40), z.array(z.string().max(200)).max(20).readonly())
      .readonly()
      .describe('what other taxonomies call it, by their name'),
  })
  .strict()
  .readonly();

/** A category with its place in the tree. */
export type TaxonomyCategory = z.infer<typeof taxonomyCategorySchema>;

export const taxonomySchema = z
  .object({
    version: z.int().positive(),
    ratified: z
      .object({ by: z.string().max(200), at: z.number().describe('epoch milliseconds') })
      .readonly()
      .nullable()
      .describe('who agreed to this version, and when'),
    categories: z
      .array(taxonomyCategorySchema)
      .max(1000)
      .readonly()
      .describe('parents before their children'),
  })
  .readonly();

/** A version of a taxonomy: a tree of categories, flat. Each change makes the next version. */
export type Taxonomy = z.infer<typeof taxonomySchema>;

export const taxonomyChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), category: taxonomyCategorySchema }).readonly(),
  z
    .strictObject({
      kind: z.literal('edit'),
      id,
      fields: z
        .strictObject({
          name: z.string().trim().min(1).max(200),
          definition: z.string().max(4000),
          severity: z.int().min(1).max(5),
          layer: categorySchema.unwrap().shape.layer,
          fixCost: z.number().positive().max(100),
          examples: z.array(z.string().max(4000)).max(50).readonly(),
        })
        .partial()
        .readonly(),
    })
    .readonly()
    .describe('a rename is one; labels stay'),
  z.strictObject({ kind: z.literal('move'), id, parent: id.nullable() }).readonly(),
  z
    .strictObject({
      kind: z.literal('merge'),
      from: z.array(id).min(1).max(100).readonly(),
      into: id,
    })
    .readonly()
    .describe('labels and children of `from` go to `into`'),
  z
    .strictObject({
      kind: z.literal('split'),
      id,
      parts: z.array(taxonomyCategorySchema).min(1).max(100).readonly(),
      labels: z
        .record(z.string(), id)
        .readonly()
        .describe('part of each label, by label id; those not named stay with the category'),
    })
    .readonly()
    .describe('the parts become children of the category'),
  z
    .strictObject({ kind: z.literal('remove'), id })
    .readonly()
    .describe('labels and children go to the parent; at the top, only without labels'),
  z.strictObject({ kind: z.literal('ratify'), by: z.string().max(200), at: z.number() }).readonly(),
]);

/** A change to a taxonomy. */
export type TaxonomyChange = z.infer<typeof taxonomyChangeSchema>;
