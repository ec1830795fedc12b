import type { Message } from '../../../contract/trace.ts';
import { sentences } from '../../../text/sentences.ts';
import { stem } from '../../../text/stem.ts';
import { words } from '../../../text/words.ts';
import { pointer } from '../../evidence.ts';

/** A rule of the system prompt and the call that broke it. */
export interface BrokenRule {
  readonly kind: 'forbidden' | 'unconfirmed';
  readonly rulePath: string;
  readonly ruleText: string;
  readonly callPath: string;
  readonly tool: string;
  readonly spanId: string | null;
}

/**
 * A call against a rule of the application's own system prompt, in the two forms that code can check: an
 * action forbidden without a condition ("never delete files", tool `delete_file`), and an action that needs
 * the user's confirmation but was taken without it. Rules with conditions on data cannot be checked.
 */
export function brokenRule(messages: readonly Message[]): BrokenRule | null {
  if (!messages.some((message) => message.toolCalls.length > 0)) return null;
  const rules = messages.flatMap((message, index) =>
    message.role === 'system' ? rulesOf(message.content, index) : [],
  );
  if (rules.length === 0) return null;
  for (const [index, message] of messages.entries()) {
    for (const [at, call] of message.toolCalls.entries()) {
      const name = toolWords(call.name);
      const broken = rules.find((rule) =>
        rule.kind === 'forbidden'
          ? forbids(rule, name)
          : writes(name) && !isConfirmed(messages, index),
      );
      if (broken === undefined) continue;
      return {
        kind: broken.kind,
        rulePath: pointer('messages', broken.index, 'content'),
        ruleText: broken.text,
        callPath: pointer('messages', index, 'toolCalls', at, 'name'),
        tool: call.name,
        spanId: message.spanId,
      };
    }
  }
  return null;
}

interface Rule {
  readonly kind: BrokenRule['kind'];
  readonly index: number;
  readonly text: string;
  /** Stems of the forbidden action, the verb first. */
  readonly words: readonly string[];
}

const rulesOf = (prompt: string, index: number): readonly Rule[] => {
  if (!RULE_HINT.test(prompt)) return [];
  return sentences(prompt.slice(0, 40_000), 400).flatMap(({ text }): Rule[] => {
    if (CONFIRMATION.test(text)) return [{ kind: 'unconfirmed', index, text, words: [] }];
    const forbidden = FORBIDDEN.exec(text);
    if (forbidden === null || CONDITION.test(text)) return [];
    const rest = words(text.slice(forbidden.index + forbidden[0].length), 12).map(stem);
    return rest.length < 2 ? [] : [{ kind: 'forbidden', index, text, words: rest }];
  });
};

const RULE_HINT = /\b(?:never|not|n't|confirm|permission|approval)/i;
const FORBIDDEN =
  /\b(?:never|do not|don't|must not|mustn't|may not|not allowed to|not permitted to|under no circumstances(?: should you| may you)?|forbidden to|prohibited from)\b(?: ever| directly)?/i;
/** Words that make a rule depend on facts. */
const CONDITION =
  /\b(?:unless|without|if|until|except|when|whenever|while|before|after|only|other than|more than|less than|that are|which are|who)\b/i;
const CONFIRMATION =
  /\b(?:obtain|get|ask(?: the user)? for|require|request|seek|wait for)\b[^.\n]{0,40}\b(?:confirmation|approval|permission|consent)\b|\bconfirm with the (?:user|customer)\b[^.\n]{0,40}\bbefore\b|\bbefore\b[^.\n]{0,80}\bconfirm with the (?:user|customer)\b/i;

const toolWords = (name: string): readonly string[] => words(name, { splitCase: true }).map(stem);

/** The rule has the tool's verb, and every other word of the tool's name. */
const forbids = (rule: Rule, name: readonly string[]): boolean =>
  name.length >= 2 && rule.words[0] === name[0] && name.every((word) => rule.words.includes(word));

const WRITES: ReadonlySet<string> = new Set(
  'cancel,delete,remove,update,modify,change,book,create,send,pay,transfer,refund,purchase,buy,submit,place,post,execute,drop,exchange,return,reset,close'
    .split(',')
    .map(stem),
);

/** Handing over to a person changes nothing. */
const writes = (name: readonly string[]): boolean =>
  WRITES.has(name[0] ?? '') &&
  !name.some((word) => /^(?:human|agent|support|supervisor)/.test(word));

/** The user's last message before the call agrees to something. */
function isConfirmed(messages: readonly Message[], call: number): boolean {
  for (let at = call - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.role === 'user') return AGREES.test(message.content.slice(0, 4000));
  }
  return false;
}

const AGREES =
  /\b(?:yes|yeah|yep|sure|ok|okay|confirm\w*|go ahead|proceed|please|correct|sounds good|do it|works|agree\w*|absolutely|fine|right|approved?|perfect|great|thanks?|ja|oui|s\u00ed|si|sim)\b/i;
