import { createHash } from 'node:crypto';
import type { CallRecord, EndedCall } from '../../contract/call-record.ts';
import type { ProposalPrompt, Proposed, Proposer } from '../../contract/proposer.ts';
import type { Clock } from '../endpoint/clock.ts';
import { pace } from '../endpoint/pace.ts';
import { answersIn } from '../judge/answers-in.ts';
import type { ChatRequest } from '../judge/chat-request.ts';
import { type ModelPrice, modelCost } from '../model/model-price.ts';
import { tookNothing } from './took-nothing.ts';
import { worstCase } from './worst-case.ts';

export interface MeteredModelOptions {
  /** Model and address. */
  readonly id: string;
  /** Sends one prompt; calls `takeCall` before each request but the first. */
  readonly request: ChatRequest;
  /** Null where it is unknown: then nothing can be said about money. */
  readonly price: ModelPrice | null;
  /** US dollars and calls that the job may take, with every earlier process of it; what is missing is not bounded. */
  readonly budget: { readonly dollars?: number; readonly calls?: number };
  readonly record: CallRecord;
  /** What the budget is for. */
  readonly job: string;
  readonly clock: Clock;
  /** Default: only the endpoint's own limit. */
  readonly requestsPerMinute?: number;
  /** Requests per prompt, as long as the endpoint refuses without taking anything. Default 5. */
  readonly attempts?: number;
  /** Asks again what may have been charged without an answer. Default false. */
  readonly askAgain?: boolean;
}

/** What this process took; `kept` answers of earlier ones took nothing. */
export interface CallUsage {
  readonly calls: number;
  readonly kept: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, the worst case where the endpoint did not say; null without a price. */
  readonly dollars: number | null;
}

/** The longest that an endpoint may ask to wait. */
const LONGEST_WAIT_MS = 120_000;
const FIRST_PAUSE_MS = 500;

/**
 * A model that never takes more than its budget: before each request its worst case is set aside and written to the
 * record, and it is sent only if that fits. An answer is kept, so the same content is never paid for twice, also after a
 * kill: what was under way then counts with its worst case, and is not asked again.
 */
export function meteredModel(
  options: MeteredModelOptions,
): Proposer & { readonly usage: () => CallUsage } {
  const { id, price, budget, record, job, clock, attempts = 5, askAgain = false } = options;
  const before = record.soFar(job);
  let { calls, dollars } = before;
  let aside = 0;
  const used = { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, dollars: 0 };
  const ready = pace(options.requestsPerMinute ?? null, clock);
  const now = (): string => new Date(clock.now()).toISOString();
  const underWay = new Map<string, Promise<Proposed>>();

  const refusal = (worst: number): string | null => {
    if (budget.calls !== undefined && calls >= budget.calls)
      return `the budget of ${budget.calls} calls is used up`;
    if (budget.dollars !== undefined && dollars + aside + worst > budget.dollars)
      return `${amount(dollars)} of ${budget.dollars} USD are used, and this call may take ${amount(worst)}`;
    return null;
  };
  const takeCall = (): boolean => {
    if (budget.calls !== undefined && calls >= budget.calls) return false;
    calls += 1;
    used.calls += 1;
    return true;
  };

  async function ask(prompt: ProposalPrompt, key: string, signal?: AbortSignal): Promise<Proposed> {
    const worst = worstCase(prompt, price);
    let last = 'it was not asked';
    for (let made = 0; made < attempts; made += 1) {
      await ready(signal);
      const why = refusal(worst ?? 0);
      if (why !== null) return { kind: 'none', code: 'budget', why };
      aside += worst ?? 0;
      record.write({
        ...{ kind: 'started', key, job, at: now(), model: id, prompt: prompt.version, worst },
      });
      takeCall();
      const sent = { system: prompt.system, user: prompt.user, schema: prompt.schema };
      let result: Awaited<ReturnType<ChatRequest>>;
      try {
        result = await options.request({ ...sent, maxTokens: prompt.maxTokens }, signal, takeCall);
      } catch (error) {
        // It was stopped, and may have been charged.
        settle(worst, { outcome: 'unclear', text: null, input: null, output: null, cost: worst });
        throw error;
      }
      if (result.kind === 'done') {
        const { text, fault, inputTokens: input, outputTokens: output } = result.value;
        const cost = modelCost(price, input, output) ?? worst;
        settle(worst, { outcome: 'answered', text, input, output, cost });
        return fault === 'cut' ? UNUSABLE : answerIn(text);
      }
      const { failure } = result;
      const isFree = tookNothing(failure);
      settle(worst, {
        ...{ outcome: isFree ? 'refused' : 'unclear', text: null, input: null, output: null },
        cost: isFree ? 0 : worst,
      });
      last = failure.detail;
      if (!isFree) return { kind: 'none', code: 'unclear', why: `no answer came (${last})` };
      const wait = Math.max(failure.retryAfterMs ?? 0, FIRST_PAUSE_MS * 2 ** made);
      if (!failure.retryable || wait > LONGEST_WAIT_MS) break;
      if (made + 1 < attempts) await clock.pause(wait, signal);
    }
    return { kind: 'none', code: 'failed', why: last };

    function settle(
      set: number | null,
      end: {
        readonly outcome: EndedCall['outcome'];
        readonly text: string | null;
        readonly input: number | null;
        readonly output: number | null;
        readonly cost: number | null;
      },
    ): void {
      aside -= set ?? 0;
      dollars += end.cost ?? 0;
      used.dollars += end.cost ?? 0;
      used.inputTokens += end.input ?? 0;
      used.outputTokens += end.output ?? 0;
      record.write({
        ...{ kind: 'ended', key, job, at: now(), outcome: end.outcome, text: end.text },
        ...{ inputTokens: end.input, outputTokens: end.output, cost: end.cost },
      });
    }
  }

  return {
    id,
    usage: () => ({ ...used, dollars: price === null ? null : used.dollars }),
    async ask(prompt, signal) {
      const key = keyOf(id, prompt);
      const kept = record.find(key);
      if (kept !== null && kept !== 'open' && kept.outcome === 'answered') {
        used.kept += 1;
        return answerIn(kept.text ?? '');
      }
      const running = underWay.get(key);
      if (running !== undefined) return await running;
      if (kept !== null && (kept === 'open' || kept.outcome === 'unclear') && !askAgain)
        return { kind: 'none', code: 'unclear', why: STOPPED };
      const asked = ask(prompt, key, signal).finally(() => underWay.delete(key));
      underWay.set(key, asked);
      return await asked;
    },
  };
}

const STOPPED =
  'an earlier call with this content got no answer and may have been charged; --ask-again asks again';

const UNUSABLE: Proposed = {
  ...{ kind: 'none', code: 'unusable' },
  why: 'its answer is not in the form that was asked for',
};

function answerIn(text: string): Proposed {
  const [answer = null] = answersIn(text, 1);
  return answer === null ? UNUSABLE : { kind: 'answered', answer };
}

const keyOf = (id: string, { version, system, user, schema, maxTokens }: ProposalPrompt): string =>
  createHash('sha256')
    .update(JSON.stringify([id, version, system, user, schema, maxTokens]).toWellFormed())
    .digest('hex');

const amount = (value: number): string => String(Number(value.toPrecision(4)));
