import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Proposer } from '../contract/proposer.ts';
import { type CallUsage, meteredModel } from '../llm/call/metered-model.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { chatEndpoint } from '../llm/judge/chat-endpoint.ts';
import { LIST_DATE, type ModelPrice } from '../llm/model/model-price.ts';
import type { PriceFile } from '../llm/model/price-file.ts';
import { openCallFile } from '../platform/call-file.ts';
import { count, dollars, plural } from '../text/format.ts';
import type { CommandOptions } from './command-options.ts';
import { stateFolder } from './environment.ts';
import type { LabelOptions } from './label-options.ts';
import type { ModelSpec } from './model-spec.ts';
import { chatModelOf, priceOf, readPrices, specOf, withoutPrice } from './named-model.ts';
import { readOptionFile } from './read-option-file.ts';

/** A model that proposes, with its record of calls, which is to be closed. */
export interface LabelModel {
  readonly model: Proposer;
  /** What it took, in one line. */
  readonly usageLine: () => string;
  readonly close: () => Promise<void>;
}

const TIMEOUT_MS = 120_000;

/**
 * The model of `--label-model`. Its calls are recorded in the state folder of the user. `work`
 * tells what the budget is for: the same work has one budget, over all processes.
 * @throws CulpritError `invalid_option` for a budget in money without a price.
 */
export async function openLabelModel(
  labelModel: string,
  { labelMaxCost, labelMaxCalls, askAgain }: LabelOptions,
  { baseUrl, prices: pricesFile }: Pick<CommandOptions, 'baseUrl' | 'prices'>,
  work: readonly string[],
): Promise<LabelModel> {
  const flag = '--label-model';
  const { spec, id, named } = await chatModelOf(specOf(labelModel, flag, baseUrl), flag);
  const prices = await readOptionFile('--prices', pricesFile, readPrices);
  const found = priceOf(spec, prices);
  if (labelMaxCost !== undefined && found?.isExact !== true)
    throw withoutPrice(`--label-max-cost ${labelMaxCost}`, spec);
  const price = found?.price ?? null;
  const record = await openCallFile(stateFolder('calls'));
  const model = meteredModel({
    ...{ id, price, record, clock: systemClock, askAgain },
    job: createHash('sha256')
      .update(JSON.stringify([id, ...work]))
      .digest('hex')
      .slice(0, 16),
    budget: {
      ...(labelMaxCost !== undefined && { dollars: labelMaxCost }),
      ...(labelMaxCalls !== undefined && { calls: labelMaxCalls }),
    },
    request: chatEndpoint({
      ...{ ...named, timeoutMs: TIMEOUT_MS, seed: 42, clock: systemClock },
      isLimited: labelMaxCost !== undefined,
    }),
  });
  return {
    model,
    usageLine: () => usageLine(id, model.usage(), priceSource(spec, price, prices)),
    close: () => record.close(),
  };
}

/** What tells a file from what it was before. */
export const fileParts = (paths: readonly string[]): Promise<string[]> =>
  Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null);
      return found === null ? path : `${resolve(path)} ${found.size} ${found.mtimeMs}`;
    }),
  );

const priceSource = (
  spec: ModelSpec,
  price: ModelPrice | null,
  prices: PriceFile | null,
): string | null => {
  if (price === null) return null;
  if (prices?.of(spec) === null || prices === null) return `list prices of ${LIST_DATE}`;
  return prices.asOf === null ? 'prices of --prices' : `prices of ${prices.asOf}`;
};

const usageLine = (id: string, usage: CallUsage, prices: string | null): string =>
  [
    `${id}: ${plural(usage.calls, 'call')}, ${count(usage.inputTokens)} tokens in and ${count(usage.outputTokens)} out`,
    usage.dollars === null || prices === null
      ? 'cost unknown'
      : `${dollars(usage.dollars)} at ${prices}`,
    ...(usage.kept === 0 ? [] : [`${plural(usage.kept, 'answer')} kept from before`]),
  ].join(', ');
