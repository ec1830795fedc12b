import { createHash } from 'node:crypto';
import type { AnswerCache } from '../../contract/answer-cache.ts';
import type { Json } from '../../contract/json.ts';
import type { Answers, JudgeOptions, Question } from '../../contract/judge.ts';
import { JUDGING } from '../endpoint/endpoint-failure.ts';
import { stoppable } from '../endpoint/stoppable.ts';
import { type ModelPrice, modelCost, plusTokens } from '../model/model-price.ts';
import { type Asking, askMissing, type Job, type JudgeSettings, type Slot } from './ask-missing.ts';
import { estimate } from './judge-prompt.ts';
import { keptAnswer } from './kept-answer.ts';

/** Asks equal questions once, uses cached answers, and combines the items of one text; returns the answers by question. */
export function askAll(
  questions: readonly Question[],
  settings: JudgeSettings,
  options: JudgeOptions,
): Promise<Answers> {
  return stoppable(options.signal, JUDGING.doing, async (signal) => {
    const slots = new Map<string, Slot>();
    const rows = questions.map((question) => slotsOf(question, settings.id, slots));
    const isUsable = options.isUsable ?? (() => true);
    const cached = await fromCache(slots, settings.cache, isUsable);
    const jobs = jobsOf(questions, rows);
    settings.onEstimate({ ...estimate(jobs, settings.price), cached });
    settings.onUsage(await askMissing(jobs, cached, settings, { ...options, signal, isUsable }));
    return answersOf(rows, slots, settings.price);
  });
}

function slotsOf(question: Question, id: string, slots: Map<string, Slot>): Slot[] {
  const { instructions, material, answer, items } = question;
  return items.map((text) => {
    const whole = JSON.stringify([id, instructions, answer, material, text]);
    const key = createHash('sha256').update(whole.toWellFormed()).digest('hex');
    const slot = slots.get(key) ?? { key, text, kept: null };
    slots.set(key, slot);
    return slot;
  });
}

async function fromCache(
  slots: ReadonlyMap<string, Slot>,
  cache: AnswerCache | null,
  isUsable: Asking['isUsable'],
): Promise<number> {
  if (cache === null) return 0;
  const wanted = [...slots.values()];
  const found = await cache.get(wanted.map(({ key }) => key));
  for (const [i, slot] of wanted.entries()) {
    const kept = keptAnswer(found[i]);
    slot.kept = kept !== null && isUsable(kept.answer) ? kept : null;
  }
  return wanted.filter(({ kept }) => kept !== null).length;
}

function jobsOf(questions: readonly Question[], rows: readonly (readonly Slot[])[]): Job[] {
  const taken = new Set<string>();
  return questions.flatMap((question, row) => {
    const slots = rows[row]!.filter(({ key, kept }) => {
      if (kept !== null || taken.has(key)) return false;
      taken.add(key);
      return true;
    });
    return slots.length === 0 ? [] : [{ question, slots }];
  });
}

function answersOf(
  rows: readonly (readonly Slot[])[],
  slots: ReadonlyMap<string, Slot>,
  price: ModelPrice | null,
): Answers {
  let inputTokens: number | null = 0;
  let outputTokens: number | null = 0;
  for (const { kept } of slots.values()) {
    if (kept === null) continue;
    inputTokens = plusTokens(inputTokens, kept.inputTokens);
    outputTokens = plusTokens(outputTokens, kept.outputTokens);
  }
  return {
    answers: rows.map((row) => row.map(({ kept }): Json | null => kept?.answer ?? null)),
    inputTokens,
    outputTokens,
    cost: modelCost(price, inputTokens, outputTokens),
  };
}
