import type { Message, ToolDefinition, Trace } from '../../../contract/trace.ts';
import { sentences } from '../../../text/sentences.ts';
import { stem } from '../../../text/stem.ts';
import { words } from '../../../text/words.ts';
import { pointer } from '../../evidence.ts';
import { toolVerb } from '../../run/action/tool-verb.ts';

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
 * the user's confirmation but was taken without it. A rule binds to the tools that it names, or to nothing. Rules with
 * conditions on data cannot be checked.
 */
export function brokenRule({
  messages,
  tools,
}: Pick<Trace, 'messages' | 'tools'>): BrokenRule | null {
  if (!messages.some((message) => message.toolCalls.length > 0)) return null;
  const rules = messages.flatMap((message, index) =>
    message.role === 'system' ? rulesOf(message.content, index) : [],
  );
  if (rules.length === 0) return null;
  const known = knownTools(messages, tools);
  for (const [index, message] of messages.entries()) {
    for (const [at, call] of message.toolCalls.entries()) {
      const name = toolWords(call.name);
      const broken = rules.find((rule) =>
        rule.kind === 'forbidden'
          ? forbids(rule, name)
          : bindsTo(rule, call.name, known) && !isConfirmed(messages, index),
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
  /** Stems of the forbidden action, the verb first; of the whole rule for a confirmation. */
  readonly words: readonly string[];
}

const rulesOf = (prompt: string, index: number): readonly Rule[] => {
  if (!RULE_HINT.test(prompt)) return [];
  return sentences(prompt.slice(0, 40_000), 400).flatMap(({ text }): Rule[] => {
    if (CONFIRMATION.test(text))
      return [{ kind: 'unconfirmed', index, text, words: words(text, 80).map(stem) }];
    const forbidden = FORBIDDEN.exec(text);
    if (forbidden === null || CONDITION.test(text)) return [];
    const rest = words(text.slice(forbidden.index + forbidden[0].length), 12).map(stem);
    return rest.length < 2 ? [] : [{ kind: 'forbidden', index, text, words: rest }];
  });
};

const RULE_HINT = /\b(?:never|not|n't|confirm|permission|approval|consent)/i;
const FORBIDDEN =
  /\b(?:never|do not|don't|must not|mustn't|may not|not allowed to|not permitted to|under no circumstances(?: should you| may you)?|forbidden to|prohibited from)\b(?: ever| directly)?/i;
/** Words that make a rule depend on facts. */
const CONDITION =
  /\b(?:unless|without|if|until|except|when|whenever|while|before|after|only|other than|more than|less than|that are|which are|who)\b/i;
const CONFIRMATION =
  /\b(?:obtain|get|ask(?: the \w{1,12})? for|require[sd]?|request|seek|wait for|needs?|without)\b[^.\n]{0,40}\b(?:confirmation|approval|permission|consent)\b|\b(?:ask|have|let|get|wait for)\b[^.\n]{0,24}?\b(?:to )?confirm\b|\bconfirm(?:ed)? (?:it |this |that |each \w{1,12} )?(?:with|by) the \w{1,12}\b/i;

const toolWords = (name: string): readonly string[] => words(name, { splitCase: true }).map(stem);

/** The rule has the tool's verb, and every other word of the tool's name. */
const forbids = (rule: Rule, name: readonly string[]): boolean =>
  name.length >= 2 && rule.words[0] === name[0] && name.every((word) => rule.words.includes(word));

/** A tool that was offered or called: stems of its name, the verb first, and of its description. */
interface KnownTool {
  readonly name: readonly string[];
  readonly described: ReadonlySet<string>;
}

function knownTools(
  messages: readonly Message[],
  tools: readonly ToolDefinition[],
): ReadonlyMap<string, KnownTool> {
  const known = new Map<string, KnownTool>();
  for (const { name, description } of tools)
    known.set(name, {
      name: toolWords(name),
      described: new Set(words(description, 60).map(stem)),
    });
  for (const { toolCalls } of messages)
    for (const { name } of toolCalls)
      if (!known.has(name)) known.set(name, { name: toolWords(name), described: new Set() });
  return known;
}

/**
 * Whether a rule of confirmation is about a tool: about any that changes something where it speaks of all actions; else
 * about those with a verb of the rule; where there is none, those with another word of it in their name; where there is
 * none either, those whose description shares two words with it. Looking something up needs no confirmation.
 */
function bindsTo(rule: Rule, name: string, known: ReadonlyMap<string, KnownTool>): boolean {
  const tool = known.get(name);
  if (tool === undefined || toolVerb(name) === 'read') return false;
  if (ANY_ACTION.test(rule.text)) return writes(tool.name);
  const said = new Set(rule.words.filter((word) => !OF_RULES.has(word)));
  const all = [...known.values()];
  for (const mentions of MENTIONS)
    if (all.some((each) => mentions(each, said))) return mentions(tool, said);
  return false;
}

const MENTIONS: readonly ((tool: KnownTool, said: ReadonlySet<string>) => boolean)[] = [
  ({ name }, said) => said.has(name[0] ?? ''),
  ({ name }, said) => name.some((word) => said.has(word)),
  ({ described }, said) => said.intersection(described).size >= 2,
];

/** A rule about everything that changes something. */
const ANY_ACTION =
  /\b(?:any|all|every|each) (?:\w{1,20} ){0,2}?(?:actions?|changes?|updates?|operations?|modifications?|tools?|tool calls?)\b|\bdatabase\b|\b(?:consequential|irreversible) /i;
/** Words of how a rule is put, not of what it is about. */
const OF_RULES: ReadonlySet<string> = new Set(
  words(
    'a an the any all every each always never must should you your user users customer customers caller client guest person people they them their it its this that ask get obtain require request seek wait have let confirm confirmation confirmed approval permission consent explicit explicitly before after until without for from with to of in on at by and or not do does be is are if when then once first again yes no one two time please action actions detail details list proceed make take give tell need want know what which who how there here will can may',
    200,
  ).map(stem),
);

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
