import type { AnswerCache } from '../../contract/answer-cache.ts';
import type { JudgeOptions, Question } from '../../contract/judge.ts';
import type { Clock } from '../endpoint/clock.ts';
import {
  type EndpointFailure,
  endpointError,
  JUDGING,
  unusableAnswer,
} from '../endpoint/endpoint-failure.ts';
import { inParallel, pace } from '../endpoint/pace.ts';
import { withRetries } from '../endpoint/retry.ts';
import { type ModelPrice, modelCost, plusTokens } from '../model/model-price.ts';
import { answersIn } from './answers-in.ts';
import { FAULTS } from './chat-endpoint.ts';
import type { ChatRequest } from './chat-request.ts';
import { type JudgeEstimate, promptOf, share } from './judge-prompt.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { USED_UP } from './spending.ts';

/** Usage of this run. */
export interface JudgeUsage {
  readonly requests: number;
  readonly cached: number;
  /** As billed; null if the endpoint does not report it. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cost: number | null;
  /** Number of items without a usable answer, and the first reason. */
  readonly unanswered: number;
  readonly why: string | null;
}

export interface JudgeSettings {
  readonly id: string;
  readonly model: string;
  readonly url: string;
  readonly request: ChatRequest;
  readonly price: ModelPrice | null;
  readonly clock: Clock;
  readonly parallel: number;
  readonly requestsPerMinute: number | null;
  readonly attempts: number;
  readonly cache: AnswerCache | null;
  readonly onEstimate: (estimate: JudgeEstimate) => void;
  readonly onUsage: (usage: JudgeUsage) => void;
}

/** An item of a question. `kept` is set once it is answered. */
export interface Slot {
  readonly key: string;
  readonly text: string;
  kept: KeptAnswer | null;
}

/** The unanswered items of one text. */
export interface Job {
  readonly question: Question;
  readonly slots: readonly Slot[];
}

/** The caller's signal, progress callback and answer check. */
export type Asking = JudgeOptions & Required<Pick<JudgeOptions, 'signal' | 'isUsable'>>;

/** Requests to a model that never gives a usable answer, before giving up. */
const MOST_REJECTED = 5;

/** Factor of the token limit for models that think before they answer; applied after the first truncated answer. */
const LARGER_LIMIT = 8;

/** Asks for all missing answers, one request per text; answers go into the slots and the cache. */
export async function askMissing(
  jobs: readonly Job[],
  cached: number,
  settings: JudgeSettings,
  { signal, progress, isUsable }: Asking,
): Promise<JudgeUsage> {
  const { url, model, price } = settings;
  const ready = pace(settings.requestsPerMinute, settings.clock);
  let requests = 0;
  let inputTokens: number | null = 0;
  let outputTokens: number | null = 0;
  let answered = cached;
  let rejected = 0;
  let first: EndpointFailure | null = null;
  let done = 0;
  let tokenFactor = 1;
  progress?.(0, jobs.length);

  await inParallel(jobs, settings.parallel, async (job) => {
    const failure = await askTwice(job);
    first ??= failure;
    if (failure !== null && failure.cause !== USED_UP) rejected++;
    if (answered === 0 && rejected >= Math.min(MOST_REJECTED, jobs.length) && first !== null)
      throw endpointError(first, 1, JUDGING);
    progress?.(++done, jobs.length);
  });
  const unanswered = jobs.flatMap(({ slots }) => slots).filter(({ kept }) => kept === null).length;
  return {
    requests,
    cached,
    inputTokens,
    outputTokens,
    cost: modelCost(price, inputTokens, outputTokens),
    unanswered,
    why: (first as EndpointFailure | null)?.detail ?? null,
  };

  /** Asks again, once, for items that the first answer skipped. Null if all are answered. */
  async function askTwice({ question, slots }: Job): Promise<EndpointFailure | null> {
    let failure: EndpointFailure | null = null;
    for (let round = 0; round < 2; round++) {
      failure = await askOnce(
        question,
        slots.filter(({ kept }) => kept === null),
      );
      if (failure === null || failure.status !== null) return failure;
    }
    return failure;
  }

  async function askOnce(
    question: Question,
    slots: readonly Slot[],
  ): Promise<EndpointFailure | null> {
    const prompt = promptOf(question, slots, tokenFactor);
    const result = await withRetries(
      async () => {
        await ready(signal);
        return settings.request(prompt, signal);
      },
      { attempts: settings.attempts, clock: settings.clock, signal },
    );
    if (result.kind === 'failed') {
      if (!concernsOneText(result.failure))
        throw endpointError(result.failure, result.attempts, JUDGING);
      return result.failure;
    }
    requests++;
    const { text, fault, inputTokens: input, outputTokens: output } = result.value;
    inputTokens = plusTokens(inputTokens, input);
    outputTokens = plusTokens(outputTokens, output);
    if (fault === 'cut') tokenFactor = LARGER_LIMIT;
    if (fault !== null) return unusableAnswer({ url, model }, FAULTS[fault]);
    const found = answersIn(text, slots.length);
    const given = slots.filter((slot, index) => {
      const answer = found[index] ?? null;
      if (answer === null || !isUsable(answer)) return false;
      slot.kept = {
        answer,
        inputTokens: share(input, index, slots.length),
        outputTokens: share(output, index, slots.length),
      };
      return true;
    });
    answered += given.length;
    await keep(given, settings.cache);
    return given.length === slots.length
      ? null
      : unusableAnswer(
          { url, model },
          `no answer to the items asked in ${JSON.stringify(text.slice(0, 80))}`,
        );
  }
}

/** Whether a failure concerns only one text (too long, refused, unusable answer) rather than the whole run. */
const concernsOneText = ({ status, retryable }: EndpointFailure): boolean =>
  status === 400 || status === 413 || status === 422 || (status === null && !retryable);

async function keep(slots: readonly Slot[], cache: AnswerCache | null): Promise<void> {
  await cache?.put(
    slots.flatMap(({ key, kept }) => (kept === null ? [] : [{ key, value: { ...kept } }])),
  );
}
