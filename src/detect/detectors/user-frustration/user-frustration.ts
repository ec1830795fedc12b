import type { Message } from '../../../contract/trace.ts';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import { modelOf } from '../../file/model-of.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';
import { type UserComplaint, userComplaint } from '../../run/user-complaint.ts';

const ONE_TURN = inconclusive('no second user message');
const NO_PERSON = inconclusive('no person speaks in the user role');

/**
 * After the first answer, the user shows that it did not help: asks for a person, corrects it, says that it
 * does not work, is rude, writes in capitals, or asks the same again in nearly the same words. Accepting the
 * offer of a person, a request for one that a call then fulfilled, or anger at something other than the assistant, does
 * not count. Where the user role carries what the environment answers, nobody is frustrated.
 */
export const userFrustration = defineDetector({
  id: 'user_frustration',
  tier: 'symptom',
  finds:
    'a user who asks for a person without being put through, corrects the assistant, repeats a request, or is angry with the assistant',
  category: {
    name: 'User frustration',
    definition: 'Users need not repeat themselves, correct the assistant, or ask for a person.',
    severity: 3,
    layer: 'prompt',
    fixCost: 3,
    example: 'The user corrects the assistant.',
  },
  detect(run, file) {
    if (modelOf(file)?.speaker.environment === true) return NO_PERSON;
    const turns = userTurns(run.messages);
    if (turns.length === 0) return ONE_TURN;
    const stonewalled = neverPutThrough(run, turns);
    if (stonewalled !== null) return stonewalled;
    for (const turn of turns) {
      const sign = signOf(turn);
      if (sign === null || (sign.kind === 'escalation' && isHandedOver(run, turn.index))) continue;
      const path = pointer('messages', turn.index, 'content');
      const finding = run.finding({
        confidence: CONFIDENCE[sign.kind],
        statement: STATEMENTS[sign.kind],
        cause: [sign.kind],
        evidence: [run.quote(path, sign.text, turn.message.spanId)],
      });
      if (finding !== null) return finding;
    }
    return noFinding;
  },
});

/**
 * The user asked for a person twice and no call put them through. One request predicts failure no better than chance; a
 * second one shows that the first was not served, in any application.
 */
function neverPutThrough(run: Run, turns: readonly Turn[]): Finding | null {
  const asked = turns.flatMap((turn) => {
    const sign = signOf(turn);
    return sign?.kind === 'escalation' ? [{ turn, sign }] : [];
  });
  const [first, second] = asked;
  if (first === undefined || second === undefined) return null;
  if (isHandedOver(run, first.turn.index)) return null;
  return run.finding({
    tier: 'likely',
    confidence: 0.7,
    statement: 'The user asked for a person more than once and was never put through',
    cause: ['never put through'],
    evidence: [second, first].map(({ turn, sign }) =>
      run.quote(pointer('messages', turn.index, 'content'), sign.text, turn.message.spanId),
    ),
  });
}

/** A call after the request that passes the user on to a person, and worked or has no recorded result. */
const isHandedOver = ({ calls }: Run, asked: number): boolean =>
  calls.some(
    ({ call, at, result }) => at > asked && HANDS_OVER.test(call.name) && result?.isError !== true,
  );

const HANDS_OVER =
  /transfer|escalat|hand_?-?(?:off|over)|(?:to|contact|call|notify)_?(?:human|person|agent|support)|human|live_?agent|forward_?call|connect/i;

interface Turn {
  readonly index: number;
  readonly message: Message;
  /** User messages before this one. */
  readonly earlier: readonly string[];
  /** The assistant's last message before it. */
  readonly answer: string;
}

/** User messages that follow an assistant's, except scaffolding that repeats itself word for word. */
function userTurns(messages: readonly Message[]): readonly Turn[] {
  if (messages.length < 3) return [];
  const turns: Turn[] = [];
  const earlier: string[] = [];
  let answer = '';
  for (const [index, message] of messages.entries()) {
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
/** Longer messages that are alike come from a template. */
const LONGEST_REPHRASE = 600;
const LOOK_BACK = 5;
const MOST_TURNS = 50;

interface Sign {
  readonly kind: UserComplaint['kind'] | 'capitals' | 'rephrase';
  /** Verbatim. */
  readonly text: string;
}

function signOf(turn: Turn): Sign | null {
  const text = turn.message.content;
  const complaint = userComplaint(text);
  if (complaint !== null && !isAimedElsewhere(complaint, turn)) return complaint;
  if (shouts(text)) return { kind: 'capitals', text };
  return repeats(text, turn.earlier) ? { kind: 'rephrase', text } : null;
}

const isAimedElsewhere = ({ kind, text }: UserComplaint, { message, answer }: Turn): boolean => {
  if (kind === 'escalation') return OFFERS_PERSON.test(answer.slice(-600));
  if (kind !== 'anger') return false;
  const at = message.content.indexOf(text) + text.length;
  return ELSEWHERE.test(message.content.slice(at, at + 120));
};

const OFFERS_PERSON =
  /\b(?:transfer|connect|escalate|hand|put|pass|refer)\w{0,5} (?:\w{1,12} ){0,3}(?:to|with|through) (?:an? |one of our |the |our )?(?:\w{1,12} )?(?:human|person|agent|representative|supervisor|manager|specialist|colleague|team)/i;
/** What the anger is about, if not the conversation. */
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

/** The same request again: Jaccard similarity of the content words is 0.6 or more. */
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

const CONFIDENCE: Readonly<Record<Sign['kind'], number>> = {
  escalation: 0.85,
  correction: 0.8,
  anger: 0.85,
  'does not work': 0.7,
  capitals: 0.7,
  rephrase: 0.6,
};

const STATEMENTS: Readonly<Record<Sign['kind'], string>> = {
  escalation: 'The user asks for a person',
  correction: 'The user corrects the assistant',
  anger: 'The user is angry',
  'does not work': 'The user says that it does not work',
  capitals: 'The user writes in capitals',
  rephrase: 'The user asks the same thing again',
};
