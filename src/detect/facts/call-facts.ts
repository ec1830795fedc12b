import type { Step, Turn } from './dialogue.ts';
import type { FactList } from './fact.ts';
import type { Reading } from './reading.ts';
import { hashAfter } from './template.ts';

const MOST_TOOLS = 30;

/** Which tools were called, in what order, and how often with the same arguments. */
export function addCallFacts({ dialogue, file, facts }: Reading): void {
  const { steps, turns } = dialogue;
  facts.quantity('steps', steps.length);
  facts.quantity('user_turns', dialogue.userTurns);
  const called = new Set<string>();
  for (const [index, step] of steps.entries()) {
    if (index === 0) facts.add('first_call', [step.tool], step.result);
    const before = steps[index - 1];
    if (before !== undefined && before.tool !== step.tool)
      facts.add('followed_by', [before.tool, step.tool]);
    if (called.has(step.tool) || called.size >= MOST_TOOLS) continue;
    called.add(step.tool);
    facts.add('called', [step.tool], step.result);
  }
  for (const name of file.usualTools) {
    if (!called.has(name)) facts.add('never_called', [name]);
  }
  if (steps.length > 1) addSameSteps(facts, steps);
  addSaidAgain(facts, turns);
}

function addSameSteps(facts: FactList, steps: readonly Step[]): void {
  addRepeats(
    facts,
    'same_call',
    steps.map(({ tool, args }) => hashAfter(hashAfter(1, tool), args)),
  );
  addRepeats(
    facts,
    'same_result',
    steps.flatMap(({ result, tool }) =>
      result === null || result.text.length - result.start < 4
        ? []
        : [hashAfter(hashAfter(2, tool), result.text.slice(result.start, result.start + 2_000))],
    ),
  );
}

function addSaidAgain(facts: FactList, turns: readonly Turn[]): void {
  const spoken = turns.filter(({ actor, text }) => actor === 'assistant' && text.length >= 20);
  if (spoken.length < 2) return;
  const said = new Set<number>();
  for (const { text } of spoken) said.add(hashAfter(3, text.slice(0, 2_000)));
  if (said.size < spoken.length) facts.add('says_again');
}

function addRepeats(
  facts: FactList,
  kind: 'same_call' | 'same_result',
  hashes: readonly number[],
): void {
  const counts = new Map<number, number>();
  let most = 0;
  for (const hash of hashes) {
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    if (count > most) most = count;
  }
  for (let times = 2; times <= Math.min(4, most); times++) facts.add(kind, [String(times)]);
}
