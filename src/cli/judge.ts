import { CulpritError } from '../contract/culprit-error.ts';
import type { Judge } from '../contract/judge.ts';
import type { JudgeUsage } from '../llm/judge/ask-missing.ts';
import type { JudgeEstimate } from '../llm/judge/judge-prompt.ts';
import { openAiJudge } from '../llm/judge/openai-judge.ts';
import { openAnswerCache } from '../platform/answer-cache.ts';
import { count, dollars, plural } from '../text/format.ts';
import type { CommandOptions } from './command-options.ts';
import { endpointOf } from './endpoint.ts';
import { cacheFile } from './environment.ts';
import type { Surroundings } from './surroundings.ts';

/** The model of `--judge`, its answers kept in the user's cache folder; null without that flag. */
export async function judgeFor(
  options: Pick<CommandOptions, 'judge' | 'judgePrice' | 'baseUrl'>,
  { onOpen, say }: Surroundings,
): Promise<Judge | null> {
  if (options.judge === undefined) return null;
  const model = /^openai:(.+)$/.exec(options.judge)?.[1];
  if (model === undefined)
    throw new CulpritError(
      'invalid_option',
      `--judge ${options.judge}: give openai:<model>; for an OpenAI-compatible endpoint other than OpenAI, add its address with --base-url`,
    );
  const endpoint = endpointOf(options);
  const cache = await openAnswerCache(cacheFile('answers.jsonl'));
  onOpen(cache);
  return openAiJudge({
    model,
    ...(options.judgePrice !== undefined && { price: options.judgePrice }),
    ...endpoint,
    cache,
    onEstimate: (estimate) => say(estimateLine(model, estimate)),
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
