import { stem } from '../../text/stem.ts';
import { words } from '../../text/words.ts';
import { formsIn } from '../file/closing-forms.ts';
import type { FileReader } from '../file/file-reader.ts';
import { announcedStep } from '../run/action/announcement.ts';
import { toolVerb } from '../run/action/tool-verb.ts';
import type { Passage, Step, Turn } from './dialogue.ts';
import type { Reading } from './reading.ts';

/** An ending shared by more than half of the runs says nothing. */
const USUAL = 0.5;

/** Facts of how the run ended. */
export function addEndingFacts(reading: Reading): void {
  const { dialogue, file, facts } = reading;
  const { turns, steps, answer } = dialogue;
  const { habits, traces } = file.facts;
  const last = turns.at(-1);
  const lastStep = steps.at(-1);
  const hasSpoken = turns.some(({ actor, text }) => actor === 'assistant' && text.trim() !== '');
  if (steps.length === 0 && !hasSpoken && answer === null) {
    facts.add('empty_run');
    return;
  }
  addOpenEnd(reading, last, lastStep);
  if (last?.actor === 'user' && habits.endsOnUser <= USUAL * traces)
    facts.add('ends_on_user', undefined, last);
  addClosingForm(reading, last);
  if (steps.length > 0 && answer !== null) {
    addDoubt(reading, answer);
    const step = callsAfterwards(dialogue) ? null : announcedStep(answer.text);
    if (step !== null) {
      const at = Math.max(0, answer.text.lastIndexOf(step));
      facts.add('announced', undefined, answer, at, at + step.length);
    }
  }
  if (dialogue.userTurns > 0) addAgreement(reading);
  else if (steps.length === 0 && habits.withCalls >= 8 && habits.withCalls >= 0.8 * traces)
    facts.add('no_call', undefined, answer);
}

/** Whether a call comes with the assistant's last words or after them, so the announced step was tried. */
function callsAfterwards({ turns, steps }: Reading['dialogue']): boolean {
  const words = turns.findLast(({ actor, text }) => actor === 'assistant' && text.trim() !== '');
  const last = steps.at(-1);
  return words !== undefined && last?.path.startsWith('/messages') === true && last.at >= words.at;
}

/** The last words say that the run could not find out what was asked. */
function addDoubt({ facts }: Reading, answer: Passage): void {
  const from = Math.max(0, answer.text.length - 400);
  const doubt = DOUBTS.exec(answer.text.slice(from));
  if (doubt !== null)
    facts.add('doubt', undefined, answer, from + doubt.index, from + doubt.index + 200);
}

const DOUBTS =
  /\b(?:(?:could|can|was|were|am|is|are|did|do|does)(?: not|n't)|cannot|unable to|not able to|failed to)(?: be)?(?: able to)? (?:find|found|determine|determined|locate|located|identify|identified|verify|verified|confirm|confirmed|retrieve|retrieved|access|know|answer)\b|\b(?:no|insufficient|not enough) (?:\w{1,20} ){0,2}(?:information|data|results?|evidence)\b|\b(?:is|remains|are) (?:unknown|unclear|not (?:clear|known|available))\b/i;

/** The run stops on a call, or on a result that is not from a closing tool. */
function addOpenEnd(
  { dialogue, file, facts }: Reading,
  last: Turn | undefined,
  lastStep: Step | undefined,
): void {
  if (lastStep === undefined) return;
  const norm = file.norm(lastStep.tool);
  const closes = norm !== undefined && norm.calls >= 3 && norm.last >= 0.6 * norm.calls;
  const { habits, traces } = file.facts;
  const lastAt = last?.at ?? -1;
  const isSpan = lastStep.path.startsWith('/spans');
  if (isSpan) {
    if (dialogue.answer === null) facts.add('ends_unanswered', undefined, lastStep.result);
    return;
  }
  const onCall = lastStep.result === null && lastStep.at >= lastAt && file.recordsResults;
  const onResult =
    lastStep.result !== null && lastStep.result.at >= lastAt && last?.actor === 'result';
  if (!onCall && !onResult) return;
  const usual = habits.endsOnCall + habits.endsOnResult > USUAL * traces;
  if (usual || closes) return;
  const place = lastStep.result ?? last ?? null;
  facts.add('ends_unanswered', undefined, place);
  facts.add(onCall ? 'ends_on_call' : 'ends_on_result', [lastStep.tool], place);
}

/** The run lacks the closing form that most runs of the file have. */
function addClosingForm({ dialogue, file, facts }: Reading, last: Turn | undefined): void {
  const { closing } = file;
  const { habits, traces } = file.facts;
  const isCapped =
    habits.mostSteps >= 4 &&
    dialogue.steps.length === habits.mostSteps &&
    habits.atMostSteps >= Math.max(3, traces / 100);
  if (closing === undefined) {
    if (isCapped && last?.actor !== 'assistant') facts.add('step_cap', undefined, last ?? null);
    return;
  }
  if (last?.actor === 'assistant' && formsIn(last.text).has(closing.form)) return;
  facts.add('no_closing_form', [closing.form], last ?? null);
  if (isCapped) facts.add('step_cap', undefined, last ?? null);
}

const YES =
  /^\W{0,3}(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|correct|confirmed?|i (?:agree|confirm)|that'?s? (?:is )?(?:right|correct|fine)|sounds good|proceed)\b[^?]{0,80}$/i;
/** What a simulated user writes to end a dialogue. */
const END_MARK = /\s{0,4}#{2,}\s?\w{2,20}\s?#{2,}\s{0,4}$/;
const OFFERS =
  /\b(?:shall i|should i|would you like me to|do you want me to|may i|can i|is that (?:ok|okay|correct|right)|please confirm|do you (?:agree|confirm)|ready to proceed|i(?:'ll| will| can| am going to|'m going to) (?:now )?(?:\w+ ){0,2}?(?:change|update|cancel|book|refund|send|order|add|remove|delete|schedule|transfer|submit|set|make|create|process|issue|place|reserve))\b/i;

/** The user agreed to a step that never came, or answered a question that was then asked again. */
function addAgreement({ dialogue, facts, file }: Reading): void {
  const { turns, steps } = dialogue;
  const hasTools = steps.length > 0;
  const lastUser = turns.findLastIndex(({ actor }) => actor === 'user');
  const said = turns[lastUser];
  const before = turns
    .slice(0, Math.max(0, lastUser))
    .findLast(({ actor }) => actor === 'assistant');
  if (
    said !== undefined &&
    before !== undefined &&
    said.text.length <= 160 &&
    YES.test(said.text.replace(END_MARK, '')) &&
    OFFERS.test(before.text)
  ) {
    if (hasTools && !steps.some(({ at }) => at > said.at)) {
      const tool = toolFor(before.text, file);
      facts.add('yes_no_call', tool === null ? undefined : [tool], said);
    }
  }
  for (let index = 1; index < turns.length - 1; index++) {
    const answer = turns[index]!;
    if (answer.actor !== 'user' || answer.text.length > 160 || !YES.test(answer.text)) continue;
    const asked = turns[index - 1]!;
    const next = turns[index + 1]!;
    if (asked.actor !== 'assistant' || next.actor !== 'assistant' || !next.text.includes('?'))
      continue;
    if (overlap(question(asked.text), question(next.text)) >= 0.8)
      facts.add('asked_again', undefined, next);
  }
}

/** The one acting tool whose name the proposal spells out; null if none or several match. */
function toolFor(proposal: string, file: FileReader): string | null {
  const said = new Set(words(proposal.slice(-600), 120).map(stem));
  const fitting = file.facts.tools.filter(({ name }) => {
    const verb = toolVerb(name);
    if (verb === null || verb === 'read') return false;
    return words(name, { splitCase: true }).every((word) => said.has(stem(word)));
  });
  return fitting.length === 1 ? (fitting[0]?.name ?? null) : null;
}

const question = (text: string): string => /[^.!?\n]{0,300}\?/.exec(text.slice(-600))?.[0] ?? '';

function overlap(a: string, b: string): number {
  const first = new Set(words(a, 60));
  const second = new Set(words(b, 60));
  if (first.size < 3 || second.size < 3) return 0;
  const shared = first.intersection(second).size;
  return shared / (first.size + second.size - shared);
}

const ACTS = {
  send: 'sends something',
  delete: 'deletes or cancels something',
  write: 'creates or changes something',
} as const;

/** What the run did, judged by the verbs in its tool names. */
export function addActFacts({ dialogue, file, facts }: Reading): void {
  const { steps } = dialogue;
  if (steps.length === 0) return;
  let acted = false;
  for (const step of steps) {
    const verb = toolVerb(step.tool);
    if (/human|agent_transfer|escalat|hand_?(?:off|over)/i.test(step.tool))
      facts.add('handed_over', undefined, step.result);
    if (verb === null || verb === 'read') continue;
    acted = true;
    facts.add('acted', [ACTS[verb]], step.result);
    facts.add('changed_by', [step.tool], step.result);
  }
  if (!acted && file.facts.tools.some(({ name }) => toolVerb(name) !== 'read'))
    facts.add('only_read');
}
