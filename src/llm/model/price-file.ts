import { parse } from 'yaml';
import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { ModelPrice } from './model-price.ts';

/** A model by the name of its provider and its own. */
interface PricedModel {
  readonly provider: string;
  readonly model: string;
}

/** Prices that a user has given, and when they were looked up. */
export interface PriceFile {
  /** `2026-11-30`; null where the file does not say. */
  readonly asOf: string | null;
  /** The price of a model as it is named: by provider and model, without an address; null where the file has none. */
  readonly of: (spec: PricedModel) => ModelPrice | null;
}

const usDollars = z.number().min(0).max(1e6);

const schema = z.strictObject({
  asOf: z.iso.date().optional(),
  models: z.record(
    z.string().min(3),
    z.strictObject({ input: usDollars, output: usDollars.default(0) }),
  ),
});

/**
 * Reads a price file, YAML or JSON: `models` holds US dollars per million tokens, `input` and `output`, by
 * `<provider>:<model>`. `source` names it in errors.
 * @throws CulpritError `invalid_option` with the place of what is wrong.
 */
export function pricesIn(text: string, source: string): PriceFile {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw wrong(source, (cause as Error).message, cause);
  }
  const { data, error } = schema.safeParse(raw);
  if (data === undefined) {
    const [issue] = error.issues;
    throw wrong(source, `${issue?.path.join(' → ') || 'the file'}: ${issue?.message}`, error);
  }
  const prices = new Map(Object.entries(data.models));
  return {
    asOf: data.asOf ?? null,
    of: ({ provider, model }) => prices.get(`${provider}:${model}`) ?? null,
  };
}

const wrong = (source: string, why: string, cause: unknown): CulpritError =>
  new CulpritError('invalid_option', `${source}: ${why}`, { cause });
