import type { Judge } from '../contract/judge.ts';
import type { JudgeUsage } from '../llm/judge/ask-missing.ts';
import type { JudgeEstimate } from '../llm/judge/judge-prompt.ts';
import { modelJudge } from '../llm/judge/model-judge.ts';
import { openAnswerCache } from '../platform/answer-cache.ts';
import { count, dollars, plural } from '../text/format.ts';
import type { CommandOptions } from './command-options.ts';
import { cacheFile } from './environment.ts';
import { chatModelOf, priceOf, readPrices, specOf, withoutPrice } from './named-model.ts';
import { readOptionFile } from './read-option-file.ts';
import type { Surroundings } from './surroundings.ts';

/** The model of `--judge`, its answers kept in the user's cache folder; null without that flag. */
export async function judgeFor(
  options: Pick<CommandOptions, 'judge' | 'judgePrice' | 'baseUrl' | 'prices'> &
    Partial<Pick<CommandOptions, 'judgeMaxCost'>>,
  { onOpen, say }: Surroundings,
): Promise<Judge | null> {
  if (options.judge === undefined) return null;
  const flag = '--judge';
  const { spec, id, named } = await chatModelOf(specOf(options.judge, flag, options.baseUrl), flag);
  const prices = await readOptionFile('--prices', options.prices, readPrices);
  const found = priceOf(spec, prices);
  const price = options.judgePrice ?? found?.price ?? null;
  const { judgeMaxCost: maxCost } = options;
  if (maxCost !== undefined && options.judgePrice === undefined && found?.isExact !== true)
    throw withoutPrice(`--judge-max-cost ${maxCost}`, spec);
  const cache = await openAnswerCache(cacheFile('answers.jsonl'));
  onOpen(cache);
  return modelJudge(named, {
    ...{ id, price, cache, ...(maxCost !== undefined && { maxCost }) },
    onEstimate: (estimate) => say(estimateLine(spec.model, estimate)),
    onUsage: (usage) => say(usageLine(usage)),
  });
}

const estimateLine = (model: string, estimate: JudgeEstimate): string =>
  `asking ${model}: ${plural(estimate.requests, 'request')}, about ${number(estimate.inputTokens)} tokens in and ${number(estimate.outputTokens)} out, ${estimate.cost === null ? 'cost unknown' : `about ${dollars(estimate.cost)}`}; ${number(estimate.cached)} answers from the cache`;

const usageLine = ({
  requests,
  inputTokens,
  outputTokens,
  cost,
  unanswered,
  why,
}: JudgeUsage): string =>
  [
    `asked in ${number(requests)} requests, ${number(inputTokens)} tokens in and ${number(outputTokens)} out, ${cost === null ? 'cost unknown' : dollars(cost)}`,
    ...(unanswered === 0 ? [] : [`${number(unanswered)} without a usable answer, first: ${why}`]),
  ].join('; ');

const number = (value: number | null): string => (value === null ? 'unknown' : count(value));
