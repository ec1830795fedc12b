import type { FactRole } from '../../contract/fact.ts';
import type { Slot, Statement } from '../../contract/signal.ts';
import { quoted, tool, word } from '../../text/statement.ts';

interface Kind {
  readonly weight: number;
  readonly role: FactRole;
  /** False: only in conditions, not in what makes two failures alike. */
  readonly grouped?: false;
  /** A clause in lower case; `{0}`, `{1}` stand for the parts. */
  readonly says: string;
  /** How each part is shown. Default: all words. */
  readonly parts?: readonly ('tool' | 'quote' | 'word')[];
}

const T = ['tool'] as const;
const TQ = ['tool', 'quote'] as const;
const Q = ['quote'] as const;

/**
 * Every kind of fact: how telling it is, what it may be used for, and how it is said. Weights come from the measured
 * prototype: what a run ended on and could not repair tells more than how the answer is worded.
 */
const TABLE = {
  decisive_error: {
    weight: 1.35,
    role: 'form',
    says: '{0} failed with {1}, and no later call to it worked',
    parts: TQ,
  },
  decisive_failure: {
    weight: 1.35,
    role: 'form',
    says: '{0} failed, and no later call to it worked',
    parts: T,
  },
  decisive_empty: {
    weight: 1.35,
    role: 'form',
    says: 'the last result of {0} was empty: {1}',
    parts: TQ,
  },
  decisive_nothing: {
    weight: 1.35,
    role: 'form',
    says: '{0} found nothing, and no later call to it found anything',
    parts: T,
  },
  decisive: {
    weight: 1.34,
    role: 'form',
    says: '{0} failed or found nothing, and no later call to it did better',
    parts: T,
  },
  first_failure: {
    weight: 1.35,
    role: 'form',
    says: '{0} was the first call that failed',
    parts: T,
  },
  unrecovered: { weight: 1.3, role: 'form', says: 'a call failed, and nothing worked after it' },
  found_nothing: {
    weight: 1.3,
    role: 'form',
    says: 'the last lookup found nothing, and no later result held data',
  },
  invented: {
    weight: 1.3,
    role: 'form',
    says: 'the results were empty, but the answer claims to have found something',
  },
  ignored_error: {
    weight: 1.3,
    role: 'form',
    says: 'a call failed, and the answer does not mention it',
  },
  failed_call: { weight: 1.25, role: 'form', says: 'a call to {0} failed', parts: T },
  failed_twice: { weight: 1.25, role: 'form', says: 'two or more calls to {0} failed', parts: T },
  failed_thrice: {
    weight: 1.25,
    role: 'form',
    says: 'three or more calls to {0} failed',
    parts: T,
  },
  error_text: { weight: 1.3, role: 'form', says: '{0} failed with {1}', parts: TQ },
  none_worked: { weight: 1.25, role: 'form', says: 'no call returned a result' },
  last_failed: { weight: 1.25, role: 'form', says: 'the last call failed' },
  any_failed: { weight: 1.25, role: 'form', says: 'a call failed' },
  complaint: {
    weight: 1.25,
    role: 'form',
    says: 'the environment could not read a reply: {0}',
    parts: Q,
  },
  complaint_last: {
    weight: 1.3,
    role: 'form',
    says: 'the run ended on a reply that the environment could not read',
  },
  empty_call: { weight: 1.2, role: 'form', says: '{0} found nothing', parts: T },
  empty_twice: { weight: 1.2, role: 'form', says: '{0} found nothing two or more times', parts: T },
  empty_thrice: {
    weight: 1.2,
    role: 'form',
    says: '{0} found nothing three or more times',
    parts: T,
  },
  empty_text: {
    weight: 1.2,
    role: 'form',
    says: 'a result of {0} was empty: {1}',
    parts: TQ,
  },
  mostly_empty: {
    weight: 1.2,
    role: 'form',
    says: 'half of the look-ups or more found nothing, {0} last',
    parts: T,
  },
  all_empty: { weight: 1.2, role: 'form', says: 'every result was empty' },
  signal: { weight: 1.2, role: 'signal', says: '{0}' },
  finding: {
    weight: 1,
    role: 'signal',
    grouped: false,
    says: 'the detector {0} says what went wrong',
  },
  ends_on_call: { weight: 1.15, role: 'form', says: 'the run ended on a call to {0}', parts: T },
  ends_on_result: {
    weight: 1.15,
    role: 'form',
    says: 'the run ended on a result of {0}',
    parts: T,
  },
  ends_unanswered: {
    weight: 1.15,
    role: 'form',
    says: 'the run ended on a call or a result, without an answer',
  },
  ends_on_user: { weight: 1.15, role: 'act', says: 'the user had the last word' },
  no_closing_form: { weight: 1.15, role: 'form', says: 'the run ended without {0}', parts: Q },
  step_cap: { weight: 1.15, role: 'form', says: 'the run hit its step limit' },
  empty_run: { weight: 1.15, role: 'form', says: 'the assistant said and did nothing' },
  yes_no_call: {
    weight: 1.15,
    role: 'form',
    says: 'the user agreed to a step, and no call followed',
    parts: T,
  },
  asked_again: {
    weight: 1.15,
    role: 'form',
    says: 'the assistant asked again what the user had answered',
  },
  announced: {
    weight: 1.15,
    role: 'form',
    says: 'the answer ends by announcing a step that was not taken',
  },
  doubt: {
    weight: 1.1,
    role: 'speech',
    grouped: false,
    says: 'the answer ends by saying that it could not find out',
  },
  refused_unseen: {
    weight: 1.15,
    role: 'form',
    says: 'the answer apologizes and gives nothing, with no safety reason',
  },
  apology_only: {
    weight: 1.1,
    role: 'act',
    says: 'the answer opens with an apology and gives nothing',
  },
  no_call: { weight: 1.15, role: 'form', says: 'no tool was called' },
  number_absent: {
    weight: 1.15,
    role: 'act',
    says: 'a number was asked for, and the answer has none',
  },
  yes_no_absent: {
    weight: 1.15,
    role: 'act',
    says: 'a yes or no was asked for, and the answer opens with neither',
  },
  no_tool_named: { weight: 1.15, role: 'act', says: 'the answer names no offered tool' },
  other_words: {
    weight: 1.15,
    role: 'form',
    says: 'words of the answer are in the sources, but not the answer itself',
  },
  same_call: { weight: 1.1, role: 'act', says: 'the same call was made {0} or more times' },
  same_result: { weight: 1.1, role: 'act', says: 'the same result came back {0} or more times' },
  says_again: { weight: 1.1, role: 'act', says: 'the assistant repeated a message word for word' },
  acted: { weight: 1.1, role: 'act', says: 'the run called a tool that {0}' },
  changed_by: {
    weight: 1.1,
    role: 'act',
    says: 'the run called {0}, which changes data',
    parts: T,
  },
  only_read: { weight: 1.1, role: 'act', says: 'the run only looked things up' },
  handed_over: { weight: 1.1, role: 'act', says: 'the run handed over to a person' },
  called: { weight: 0.7, role: 'act', says: '{0} was called', parts: T },
  never_called: { weight: 1, role: 'act', says: '{0} was never called', parts: T },
  result_text: { weight: 0.5, role: 'act', says: '{0} returned {1}', parts: TQ },
  in_sources: {
    weight: 1.1,
    role: 'act',
    says: 'the sources contain {share} of the words in the answer',
  },
  numbers_in_sources: {
    weight: 1.1,
    role: 'act',
    says: 'the sources contain {share} of the numbers in the answer',
  },
  no_passage: { weight: 1, role: 'act', says: 'no passage was retrieved' },
  verbatim: { weight: 1.1, role: 'act', says: 'the answer is in a source word for word' },
  not_verbatim: { weight: 1.1, role: 'act', says: 'the answer is in no source word for word' },
  has_list: { weight: 1, role: 'speech', says: 'the answer has a list' },
  has_code: { weight: 1, role: 'speech', says: 'the answer has a block of code' },
  opens_apology: { weight: 1, role: 'speech', says: 'the answer opens with an apology' },
  refuses: { weight: 1.1, role: 'act', says: 'the answer {0}' },
  first_sign: { weight: 1, role: 'speech', says: 'the answer begins with {0}', parts: Q },
  one_line: { weight: 1, role: 'speech', says: 'the answer is {0}' },
  not_short: {
    weight: 1,
    role: 'speech',
    says: 'the answer has more than six words, unlike nearly all others',
  },
  asks_back: { weight: 1, role: 'speech', says: 'the answer ends with a question' },
  opening: { weight: 1, role: 'speech', says: 'the answer opens {0}', parts: Q },
  ending: { weight: 0.9, role: 'speech', says: 'the answer ends {0}', parts: Q },
  said: { weight: 0.9, role: 'speech', says: 'the answer says {0}', parts: Q },
  first_call: { weight: 0.8, role: 'act', says: 'the first call was {0}', parts: T },
  followed_by: {
    weight: 0.8,
    role: 'act',
    grouped: false,
    says: '{0} was followed by {1}',
    parts: ['tool', 'tool'],
  },
  answer_length: {
    weight: 0.75,
    role: 'size',
    grouped: false,
    says: 'the answer has {bound} characters',
  },
  request_length: {
    weight: 0.75,
    role: 'size',
    grouped: false,
    says: 'the request has {bound} characters',
  },
  steps: { weight: 0.75, role: 'size', grouped: false, says: 'the run made {bound} calls' },
  user_turns: {
    weight: 0.75,
    role: 'size',
    grouped: false,
    says: 'the user wrote {bound} messages after the first answer',
  },
} as const satisfies Record<string, Kind>;

export type FactKind = keyof typeof TABLE;

export const factKinds: Readonly<Record<FactKind, Kind>> = TABLE;

/** The clause that says a fact, its parts as slots. */
export function factStatement(kind: FactKind, parts: readonly string[]): Statement {
  if (kind === 'signal') return { template: parts[0] ?? '', slots: [] };
  const { says, parts: forms }: Kind = TABLE[kind];
  return {
    template: says,
    slots: parts.map((part, index) => slot(part, forms?.[index] ?? 'word')),
  };
}

const slot = (part: string, form: 'tool' | 'quote' | 'word'): Slot =>
  form === 'tool' ? tool(part) : form === 'quote' ? quoted(part) : word(part);
