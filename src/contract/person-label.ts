import * as z from 'zod';

/** What an item is, before its cause is asked for. */
const TRIAGE = ['genuine', 'bad_item', 'harness_error', 'label_problem'] as const;
export type Triage = (typeof TRIAGE)[number];

const text = (most: number) => z.string().trim().min(1).max(most);

const codeSchema = z
  .strictObject({
    code: text(100).describe('a short name for what these words show'),
    quote: z.string().min(1).max(2000).describe('the words, as they stand in the trace'),
    place: z.string().max(500).describe('JSON Pointer into the trace; empty for none'),
  })
  .readonly();

export const labelFieldsSchema = z
  .strictObject({
    triage: z
      .enum(TRIAGE)
      .describe('a real failure, a bad item, an error of the harness, or flagged without reason'),
    category: z.string().max(80).nullable().describe('of the taxonomy; null for none'),
    note: z.string().max(20_000).default(''),
    codes: z.array(codeSchema).max(50).readonly().default([]),
    proposal: z
      .enum(['accepted', 'edited', 'rejected'])
      .nullable()
      .default(null)
      .describe('what became of the proposal; null where none was shown'),
    milliseconds: z
      .int()
      .min(0)
      .max(86_400_000)
      .nullable()
      .default(null)
      .describe('from seeing the item to answering; null where not measured'),
  })
  .refine(({ triage, category }) => triage === 'genuine' || category === null, {
    message: 'only a genuine failure has a category',
    path: ['category'],
  })
  .readonly();

/** What one person says about one trace or cause. */
export type LabelFields = z.infer<typeof labelFieldsSchema>;

export type LabelKind = 'trace' | 'cause';

export interface Label extends LabelFields {
  readonly id: string;
  readonly kind: LabelKind;
  /** Id of the trace or the cause. */
  readonly subject: string;
  readonly person: string;
  /** Version of the taxonomy that the category was chosen from. */
  readonly taxonomy: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The queue and its item that it answers; null for a label outside of queues. */
  readonly queue: string | null;
  readonly item: string | null;
  /** Whether it settles what others disagreed about; its note is the reason. */
  readonly settles: boolean;
}
