import * as z from 'zod';
import type { JsonObject } from './json.ts';
import { namedModelShape, type TokenPrice } from './online-judge.ts';
import type { ProposalPrompt } from './proposer.ts';

/** The model that people ask about a cause at a server. Only its operator names one: it costs money, and it has a key. */
export const labelModelSchema = z
  .strictObject({
    ...namedModelShape,
    callsPerDay: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(50)
      .describe('within any 24 hours, of all projects together'),
    dollarsPerDay: z
      .number()
      .gt(0)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe('within any 24 hours, of all projects together; needs a price; null: no bound'),
  })
  .readonly();

export type LabelModel = z.infer<typeof labelModelSchema>;

/** A hard stop: what a call may take at most is set aside before it is made. */
export type LabelBudget = Pick<LabelModel, 'callsPerDay' | 'dollarsPerDay'>;

/** A label model. A request is sent again only without a parameter that the endpoint refuses, which costs nothing. */
export interface LabelEndpoint {
  /** Model and address. */
  readonly id: string;
  /** Null where it is not known. */
  readonly price: TokenPrice | null;
  /** US dollars that a call takes at most; null without a price. */
  worst(prompt: ProposalPrompt): number | null;
  /** Failures are values; only an abort of `signal` throws. */
  ask(prompt: ProposalPrompt, signal?: AbortSignal): Promise<LabelAnswer>;
}

type LabelAnswer =
  | {
      readonly kind: 'answered';
      /** Null where the text that came is not in the form that was asked for. */
      readonly answer: JsonObject | null;
      /** Null where the endpoint does not say, or the price is not known. */
      readonly dollars: number | null;
    }
  /** There is no answer. `isFree`: the endpoint refused before it did any work, or nobody was there to hear. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isFree: boolean };

/** Opens the label model. @throws CulpritError `invalid_option` for an address that cannot be used, and for dollars without a price. */
export type OpenLabelEndpoint = (model: LabelModel) => LabelEndpoint;
