import { CulpritError } from '../contract/culprit-error.ts';
import type { Judge } from '../contract/judge.ts';
import { checksFrom, defaultChecks } from '../detect/detect.ts';
import type { JudgeUsage } from '../llm/judge/ask-missing.ts';
import type { JudgeEstimate } from '../llm/judge/judge-prompt.ts';
import { openAiJudge } from '../llm/judge/openai-judge.ts';
import type { AnalyzeOptions } from '../pipeline.ts';
import { openAnswerCache } from '../platform/answer-cache.ts';
import { count, dollars } from '../text/format.ts';
import type { Flags } from './analyze-options.ts';
import { endpointOf } from './endpoint.ts';
import { cacheFile } from './environment.ts';
import { readOptionFile } from './read-option-file.ts';

/**
 * The checks of `--check` and `--checks`; `others` are ids of the user's own detectors. A model without
 * checks is asked the starter checks about failures without a cause.
 * @throws CulpritError `invalid_option` also when checks come without a model.
 */
export async function checksOf(
  flags: Flags,
  others: readonly string[],
): Promise<Pick<AnalyzeOptions, 'checks' | 'judgeScope'>> {
  const file = await readOptionFile('--checks', flags.checks, (text, name) => ({ text, name }));
  const checks = checksFrom({ texts: flags.check, file }, others);
  if (flags.judge === undefined) {
    const without = needsJudge(flags, checks);
    if (without !== undefined)
      throw invalid(
        `${without} is for a model: name one with --judge openai:<model>, and its address with --base-url when it is not OpenAI`,
      );
  }
  return checks.length === 0 && flags.judge !== undefined
    ? { checks: defaultChecks(), judgeScope: 'unexplained' }
    : { checks, judgeScope: 'all' };
}

/** The first option that says nothing without a model. */
const needsJudge = (flags: Flags, checks: readonly unknown[]): string | undefined =>
  [
    { name: 'a check in plain language', given: checks.length > 0 },
    { name: '--judge-passing', given: flags.judgePassing > 0 },
    { name: '--judge-price', given: flags.judgePrice !== undefined },
  ].find(({ given }) => given)?.name;

interface Surroundings {
  /** Told what to close in the end. */
  readonly onOpen: (opened: { readonly close: () => Promise<void> }) => void;
  /** Takes lines about what will be and was spent. */
  readonly say: (line: string) => void;
}

/** The model of `--judge`; its answers are kept in the user's cache folder. Null when none is named. */
export async function judgeOf(flags: Flags, { onOpen, say }: Surroundings): Promise<Judge | null> {
  if (flags.judge === undefined) return null;
  const model = /^openai:(.+)$/.exec(flags.judge)?.[1];
  if (model === undefined)
    throw invalid(
      `--judge ${flags.judge}: give openai:<model>; any OpenAI-compatible endpoint will do, its address by --base-url`,
    );
  const endpoint = endpointOf(flags);
  const cache = await openAnswerCache(cacheFile('answers.jsonl'));
  onOpen(cache);
  return openAiJudge({
    model,
    ...(flags.judgePrice !== undefined && { price: flags.judgePrice }),
    ...endpoint,
    cache,
    onEstimate: (estimate) => say(estimateLine(model, estimate)),
    onUsage: (usage) => say(usageLine(usage)),
  });
}

const estimateLine = (model: string, estimate: JudgeEstimate): string =>
  `asking ${model}: ${number(estimate.requests)} request${estimate.requests === 1 ? '' : 's'}, about ${number(estimate.inputTokens)} tokens in and ${number(estimate.outputTokens)} out, ${estimate.cost === null ? 'cost unknown' : `about ${dollars(estimate.cost)}`}; ${number(estimate.cached)} answers from the cache`;

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

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);
