import { addAnswerFacts, addApologyFacts, addShortFacts } from './answer-facts.ts';
import { addCallFacts } from './call-facts.ts';
import { addActFacts, addEndingFacts } from './ending-facts.ts';
import type { FactKind } from './fact-kinds.ts';
import type { Reading } from './reading.ts';
import { addSourceFacts, addVerbatimFacts } from './source-facts.ts';
import { addStepFacts } from './step-facts.ts';

/** What is read of a trace at once: asking for one fact costs the part that it is in, not all of them. */
export const factParts = {
  steps: addStepFacts,
  ending: addEndingFacts,
  acts: addActFacts,
  calls: addCallFacts,
  answer: addAnswerFacts,
  apology: addApologyFacts,
  short: addShortFacts,
  sources: addSourceFacts,
  verbatim: addVerbatimFacts,
} as const satisfies Readonly<Record<string, (reading: Reading) => void>>;

export type FactPart = keyof typeof factParts;

/** The kinds that are read from the trace itself; detectors give the others. */
export type ReadKind = Exclude<FactKind, 'signal' | 'finding'>;

/** The part that each kind of fact is in. */
export const partOf: Readonly<Record<ReadKind, FactPart>> = {
  first_failure: 'steps',
  any_failed: 'steps',
  failed_call: 'steps',
  failed_twice: 'steps',
  failed_thrice: 'steps',
  last_failed: 'steps',
  error_text: 'steps',
  complaint: 'steps',
  complaint_last: 'steps',
  empty_call: 'steps',
  empty_twice: 'steps',
  empty_thrice: 'steps',
  empty_text: 'steps',
  result_text: 'steps',
  none_worked: 'steps',
  all_empty: 'steps',
  decisive: 'steps',
  decisive_error: 'steps',
  decisive_failure: 'steps',
  decisive_empty: 'steps',
  decisive_nothing: 'steps',
  unrecovered: 'steps',
  found_nothing: 'steps',
  invented: 'steps',
  ignored_error: 'steps',
  empty_run: 'ending',
  ends_unanswered: 'ending',
  ends_on_call: 'ending',
  ends_on_result: 'ending',
  ends_on_user: 'ending',
  no_closing_form: 'ending',
  step_cap: 'ending',
  doubt: 'ending',
  announced: 'ending',
  yes_no_call: 'ending',
  asked_again: 'ending',
  no_call: 'ending',
  handed_over: 'acts',
  acted: 'acts',
  changed_by: 'acts',
  only_read: 'acts',
  steps: 'calls',
  first_call: 'calls',
  followed_by: 'calls',
  called: 'calls',
  never_called: 'calls',
  same_call: 'calls',
  same_result: 'calls',
  says_again: 'calls',
  user_turns: 'calls',
  request_length: 'answer',
  answer_length: 'answer',
  has_list: 'answer',
  has_code: 'answer',
  opens_apology: 'answer',
  first_sign: 'answer',
  one_line: 'answer',
  asks_back: 'answer',
  number_absent: 'answer',
  yes_no_absent: 'answer',
  no_tool_named: 'answer',
  opening: 'answer',
  ending: 'answer',
  refuses: 'answer',
  apology_only: 'apology',
  refused_unseen: 'apology',
  no_passage: 'sources',
  in_sources: 'sources',
  numbers_in_sources: 'sources',
  said: 'sources',
  verbatim: 'verbatim',
  not_verbatim: 'verbatim',
  other_words: 'verbatim',
  not_short: 'short',
  mostly_empty: 'steps',
};
