import * as z from 'zod';

export const layerSchema = z.enum([
  'prompt',
  'tool',
  'retrieval',
  'model',
  'evaluation',
  'orchestration',
  'platform',
  'unknown',
]);

/** Where the fix goes; unknown where nothing says. */
export type Layer = z.infer<typeof layerSchema>;

export const categorySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    definition: z.string().describe('a pass criterion: what a good run does'),
    severity: z.number().min(1).max(5).describe('1 (cosmetic) to 5 (harm or loss)'),
    layer: layerSchema,
    fixCost: z
      .number()
      .describe(
        'effort to fix, in points: 1 (a prompt line), 3 (a tool or index change), 8 (a redesign)',
      ),
    example: z.string().optional().describe('one failure, in a sentence'),
  })
  .readonly();

/** A node of the taxonomy. */
export type Category = z.infer<typeof categorySchema>;
