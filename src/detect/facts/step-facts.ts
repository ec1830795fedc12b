import type { FileReader } from '../file/file-reader.ts';
import { toolVerb } from '../run/action/tool-verb.ts';
import type { Step, StepResult } from './dialogue.ts';
import type { Reading } from './reading.ts';
import { resultHead } from './template-heads.ts';

/** How a step came out, seen by what its tool usually gives. */
type StepOutcome = 'worked' | 'failed' | 'empty' | 'none';

/**
 * Whether a step worked. An acting tool that usually returns nothing has succeeded when it does; so has a listing
 * that was asked for without arguments. A blank result counts only where the tool usually returns text.
 */
function stepOutcome({ tool, args, result }: Step, file: FileReader): StepOutcome {
  if (result === null) return 'none';
  if (result.form === 'error' || result.form === 'complaint') return 'failed';
  if (result.form === 'data') return 'worked';
  const norm = file.norm(tool);
  const share = norm === undefined || norm.results === 0 ? 0 : norm.empty / norm.results;
  if (share > 0.5 && toolVerb(tool) !== 'read') return 'worked';
  if (share > 0.95 && (norm?.results ?? 0) >= 10) return 'worked';
  if (result.form === 'blank') {
    const blank = norm === undefined || norm.results === 0 ? 0 : norm.blank / norm.results;
    return blank < 0.5 && (norm?.results ?? 0) >= 3 ? 'empty' : 'none';
  }
  return /^\W{0,4}$/.test(args) && /^\W{0,4}$/.test(result.text.slice(result.start)) && share > 0
    ? 'worked'
    : 'empty';
}

interface Tally {
  failed: number;
  empty: number;
}

/** Facts of errors, of empty results, and of what could not be put right. */
export function addStepFacts(reading: Reading): void {
  const { dialogue, file, facts } = reading;
  const { steps } = dialogue;
  if (steps.length === 0) return;
  const outcomes = steps.map((step) => stepOutcome(step, file));
  const tallies = new Map<string, Tally>();
  let results = 0;
  let worked = 0;
  let empties = 0;
  let failures = 0;
  for (const [index, step] of steps.entries()) {
    const outcome = outcomes[index]!;
    const { result, tool } = step;
    if (outcome === 'none' || result === null) continue;
    results++;
    if (outcome === 'worked') {
      worked++;
      addTemplate(reading, step, result, 'result_text');
      continue;
    }
    let tally = tallies.get(tool);
    if (tally === undefined) {
      tally = { failed: 0, empty: 0 };
      tallies.set(tool, tally);
    }
    if (outcome === 'failed') {
      const count = ++tally.failed;
      if (failures++ === 0) facts.add('first_failure', [tool], result, result.start);
      facts.add('any_failed', undefined, result, result.start);
      facts.add(
        count === 1 ? 'failed_call' : count === 2 ? 'failed_twice' : 'failed_thrice',
        [tool],
        result,
        result.start,
      );
      addTemplate(reading, step, result, result.form === 'complaint' ? 'complaint' : 'error_text');
    } else {
      empties++;
      const count = ++tally.empty;
      facts.add(
        count === 1 ? 'empty_call' : count === 2 ? 'empty_twice' : 'empty_thrice',
        [tool],
        result,
        result.start,
      );
      addTemplate(reading, step, result, 'empty_text');
    }
  }
  if (results === 0) return;
  const lastResult = steps.findLast((_, index) => outcomes[index] !== 'none')?.result ?? null;
  if (worked === 0 && lastResult !== null)
    facts.add('none_worked', undefined, lastResult, lastResult.start);
  if (empties === results && lastResult !== null)
    facts.add('all_empty', undefined, lastResult, lastResult.start);
  const isMostlyEmpty = empties >= 3 && empties * 2 >= results;
  if (isMostlyEmpty) addMostlyEmpty(reading, outcomes);
  addDecisive(reading, outcomes, isMostlyEmpty);
}

/** Half of the look-ups and three at least found nothing, whatever the others found. */
function addMostlyEmpty({ dialogue, facts }: Reading, outcomes: readonly StepOutcome[]): void {
  const last = dialogue.steps[outcomes.lastIndexOf('empty')];
  if (last?.result) facts.add('mostly_empty', [last.tool], last.result, last.result.start);
}

/** The last failed or empty result that no later call of the same tool repaired. */
function addDecisive(
  reading: Reading,
  outcomes: readonly StepOutcome[],
  mostlyEmpty: boolean,
): void {
  const { dialogue, facts } = reading;
  const { steps } = dialogue;
  const repaired = new Set<string>();
  let worksLater = false;
  let isLast = true;
  for (let index = steps.length - 1; index >= 0; index--) {
    const outcome = outcomes[index]!;
    const step = steps[index]!;
    const { tool, result } = step;
    if (outcome === 'none' || result === null) continue;
    if (outcome === 'worked') {
      repaired.add(tool);
      worksLater = true;
      isLast = false;
      continue;
    }
    if (isLast && outcome === 'failed') {
      facts.add(
        result.form === 'complaint' ? 'complaint_last' : 'last_failed',
        undefined,
        result,
        result.start,
      );
    }
    isLast = false;
    if (repaired.has(tool)) continue;
    const failed = outcome === 'failed';
    addTemplate(reading, step, result, failed ? 'decisive_error' : 'decisive_empty');
    facts.add('decisive', [tool], result, result.start);
    facts.add(failed ? 'decisive_failure' : 'decisive_nothing', [tool], result, result.start);
    if (failed && worksEarlier(outcomes, index) && wasToldAndWentOn(dialogue, result.at)) return;
    if (!worksLater || (!failed && mostlyEmpty)) {
      facts.add(failed ? 'unrecovered' : 'found_nothing', undefined, result, result.start);
      addClaims(reading, failed);
    }
    return;
  }
}

const worksEarlier = (outcomes: readonly StepOutcome[], index: number): boolean =>
  outcomes.slice(0, index).includes('worked');

/** The assistant spoke of the failure after the step, and the user went on. */
const wasToldAndWentOn = ({ turns }: Reading['dialogue'], at: number): boolean =>
  turns.some(
    (turn, index) =>
      turn.at > at &&
      turn.actor === 'assistant' &&
      turns[index + 1]?.actor === 'user' &&
      ADMITS.test(turn.text.slice(0, 1_500)),
  );

type TemplateKind =
  | 'result_text'
  | 'error_text'
  | 'empty_text'
  | 'decisive_error'
  | 'decisive_empty'
  | 'complaint';

function addTemplate(
  { file, facts }: Reading,
  step: Step,
  result: StepResult,
  kind: TemplateKind,
): void {
  const head = resultHead(step);
  if (head === null) return;
  const length = file.sharedPrefix(head, 2);
  if (length === 0) return;
  const template = head.tokens.slice(0, length).join(' ');
  const parts = kind === 'complaint' ? [template] : [step.tool, template];
  facts.add(
    kind,
    parts,
    result,
    result.start,
    Math.max(head.ends[length - 1]!, Math.min(result.text.length, result.start + 200)),
  );
}

/** The answer goes on as if the failed step had worked. */
function addClaims({ dialogue, facts }: Reading, failed: boolean): void {
  const { answer, steps } = dialogue;
  if (answer === null) return;
  const last = steps.at(-1);
  if (last !== undefined && answer.path === last.path) return;
  const head = answer.text.slice(0, 1_500);
  if (ADMITS.test(head)) return;
  const claim = CLAIMS.exec(head);
  if (failed) facts.add('ignored_error', undefined, answer, 0, Math.min(200, answer.text.length));
  else if (claim !== null)
    facts.add(
      'invented',
      undefined,
      answer,
      claim.index,
      Math.min(answer.text.length, claim.index + 200),
    );
}

const CLAIMS =
  /\b(?:i(?:'ve| have)? (?:found|got|located)|here(?:'s| is| are)|(?:great|good) news|perfect|how about|(?:you|we) (?:can|could|might|may|will|'ll) (?:try|enjoy|make|love|need|want)|you'll need|i(?:'d| would)? (?:recommend|suggest)|(?:is|are|was|were) (?:a|an|the|in|on|at)\b)/i;
const ADMITS =
  /\b(?:(?:could|can|did|was|were|do|does|is|are|has|have)(?: not|n't)|cannot|unable|no (?:results?|match|recipes?|records?|information|data|such)|not (?:find|found|able|available)|unfortunately|sorry|apologi[sz]e|failed|error|issue|problem|trouble|nothing)\b/i;
