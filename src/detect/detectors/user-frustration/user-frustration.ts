import type { Signal } from '../../../contract/signal.ts';
import type { Message, Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { stem, words } from '../../../text/words.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { complaint, type Phrase } from '../../run/user-complaint.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'user_frustration';
const NO = saysNo(ID);
const ONE_TURN = saysUnknown(ID, 'no second user message');

/**
 * The user shows, after the first answer, that it did not serve: asks for a person, corrects, says that
 * it does not work, is rude, shouts in capitals, or asks the same again in nearly the same words. Taking
 * up the offer of a person, and anger at something else than the assistant, are none of it.
 */
export const userFrustration: Detector = {
  id: ID,
  detect(trace) {
    const turns = userTurns(trace);
    if (turns.length === 0) return ONE_TURN;
    for (const turn of turns) {
      const sign = signOf(turn);
      if (sign === null) continue;
      const path = pointer('messages', turn.index, 'content');
      const evidence = quote(trace, path, sign.text, turn.message.spanId);
      if (evidence !== null) return [yes(sign.kind, evidence)];
    }
    return NO;
  },
};

interface Turn {
  readonly index: number;
  readonly message: Message;
  /** User messages before this one. */
  readonly earlier: readonly string[];
  /** What the assistant said last. */
  readonly answer: string;
}

/** User messages that come after an assistant's, except scaffolding that repeats itself word for word. */
function userTurns(trace: Trace): readonly Turn[] {
  if (trace.messages.length < 3) return [];
  const turns: Turn[] = [];
  const earlier: string[] = [];
  let answer = '';
  for (const [index, message] of trace.messages.entries()) {
    if (message.role === 'assistant' && message.content !== '') answer = message.content;
    if (message.role !== 'user') continue;
    if (answer !== '' && message.content.length <= LONGEST && !earlier.includes(message.content)) {
      turns.push({ index, message, earlier: earlier.slice(-LOOK_BACK), answer });
      if (turns.length >= MOST_TURNS) break;
    }
    earlier.push(message.content);
  }
  return turns;
}

/** Longer messages are documents or scaffolding, not a person's reply. */
const LONGEST = 2000;
/** What is longer and alike comes from a template. */
const LONGEST_REPHRASE = 600;
const LOOK_BACK = 5;
const MOST_TURNS = 50;

function signOf(turn: Turn): { kind: string; text: string } | null {
  const text = turn.message.content;
  const said = complaint(text);
  if (said !== null && !isAimedElsewhere(said, turn)) return said;
  if (shouts(text)) return { kind: 'capitals', text };
  return repeats(text, turn.earlier) ? { kind: 'rephrase', text } : null;
}

const isAimedElsewhere = ({ kind, text }: Phrase, { message, answer }: Turn): boolean => {
  if (kind === 'escalation') return OFFERS_PERSON.test(answer.slice(-600));
  if (kind !== 'anger') return false;
  const at = message.content.indexOf(text) + text.length;
  return ELSEWHERE.test(message.content.slice(at, at + 120));
};

const OFFERS_PERSON =
  /\b(?:transfer|connect|escalate|hand|put|pass|refer)\w{0,5} (?:\w{1,12} ){0,3}(?:to|with|through) (?:an? |one of our |the |our )?(?:\w{1,12} )?(?:human|person|agent|representative|supervisor|manager|specialist|colleague|team)/i;
/** What the anger is about, where it is not the conversation. */
const ELSEWHERE =
  /^[^.!?\n]{0,40}\b(?:because|about|with|by|over|at|that|since|as) (?!(?:you|your|this (?:bot|chat|assistant|conversation|answer|reply)|it\b|that\b|these answers?))/i;

/** Three words or more, nearly all letters capital; codes and short acronyms do not count. */
function shouts(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 15 || letters > 1000) return false;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const long = text.match(/\b\p{Lu}{4,}\b/gu)?.length ?? 0;
  return capitals >= 0.8 * letters && long >= 3;
}

/** Same request again: at least 70 % of the content words of the shorter one are shared (Jaccard 0.6 of both). */
function repeats(text: string, earlier: readonly string[]): boolean {
  const now = contentWords(text);
  if (now.size < 4 || text.length > LONGEST_REPHRASE) return false;
  return earlier.some((before) => {
    if (before.length > LONGEST_REPHRASE) return false;
    const then = contentWords(before);
    if (then.size < 4) return false;
    let shared = 0;
    for (const word of now) if (then.has(word)) shared++;
    return shared / (now.size + then.size - shared) >= 0.6;
  });
}

const contentWords = (text: string): ReadonlySet<string> =>
  new Set(
    words(text, 200)
      .filter((word) => !isStopWord(word))
      .map(stem),
  );

const yes = (kind: string, evidence: NonNullable<ReturnType<typeof quote>>): Signal => ({
  detector: ID,
  verdict: 'yes',
  category: ID,
  confidence: CONFIDENCE[kind] ?? 0.7,
  spanId: evidence.spanId,
  summary: SUMMARY[kind] ?? 'The user shows frustration',
  fingerprint: fingerprint(ID, kind),
  evidence: [evidence],
});

const CONFIDENCE: Readonly<Record<string, number>> = {
  escalation: 0.85,
  correction: 0.8,
  anger: 0.85,
  does_not_work: 0.7,
  capitals: 0.7,
  rephrase: 0.6,
};

const SUMMARY: Readonly<Record<string, string>> = {
  escalation: 'The user asks for a person',
  correction: 'The user corrects the assistant',
  anger: 'The user is angry',
  does_not_work: 'The user says that it does not work',
  capitals: 'The user writes in capitals',
  rephrase: 'The user asks the same again',
};
