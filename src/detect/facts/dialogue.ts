import type { Trace } from '../../contract/trace.ts';
import type { Run } from '../run/run.ts';
import { echoesArguments } from './echoes-arguments.ts';
import { bodyStart, type ResultForm, resultForm } from './result-form.ts';
import { spokenCall } from './spoken-call.ts';

/** A text of the run and where it is. */
export interface Passage {
  readonly text: string;
  /** JSON Pointer into the trace. */
  readonly path: string;
  readonly spanId: string | null;
}

type Actor = 'system' | 'user' | 'assistant' | 'result';

/** A message and its real speaker: an observation in the user role is a result. */
export interface Turn extends Passage {
  readonly actor: Actor;
  readonly at: number;
}

export interface StepResult extends Passage {
  readonly form: ResultForm;
  /** Where the result begins after its labels. */
  readonly start: number;
  readonly at: number;
}

/** A call, whether recorded as such or written in the assistant's text, with what came back. */
export interface Step {
  readonly tool: string;
  /** Arguments as compact text. */
  readonly args: string;
  readonly at: number;
  readonly path: string;
  readonly spanId: string | null;
  readonly result: StepResult | null;
}

/** A run as a dialogue: who said what, which steps were taken, and the answer. */
export interface Dialogue {
  readonly turns: readonly Turn[];
  readonly steps: readonly Step[];
  /** The assistant's last words without the closing form; null when it said nothing. */
  readonly answer: Passage | null;
  /** The first message of the user. */
  readonly request: Passage | null;
  /** Messages of the user after an answer of the assistant. */
  readonly userTurns: number;
}

/**
 * Reads a run as a dialogue. `environment` says that the file's user messages after an assistant's turn
 * come from whatever carries out the steps (see `speaker`). Computed once per run and reading.
 */
export const dialogueOf = (run: Run, environment: boolean): Dialogue =>
  run.once(environment ? withEnvironment : withPeople);

const withPeople = (run: Run): Dialogue => read(run, false);

/** Both readings are the same if no user message follows an assistant message. */
const withEnvironment = (run: Run): Dialogue =>
  hasLateUser(run.trace) ? read(run, true) : run.once(withPeople);

/** Whether a user message follows an assistant message, so the speaker matters. */
export function hasLateUser({ messages }: Trace): boolean {
  let spoken = false;
  for (const { role } of messages) {
    if (role === 'assistant') spoken = true;
    else if (role === 'user' && spoken) return true;
  }
  return false;
}

const END_MARK = /^\s{0,4}#{2,}\s?\w{2,20}\s?#{2,}\s{0,4}$/;

function read(run: Run, environment: boolean): Dialogue {
  const turns = turnsOf(run.trace, environment);
  const steps = stepsOf(run, turns);
  const answer = answerOf(run.trace, turns);
  let userTurns = 0;
  let spoken = false;
  for (const turn of turns) {
    if (turn.actor === 'assistant') spoken = true;
    else if (turn.actor === 'user' && spoken) userTurns++;
  }
  const first = turns.find(({ actor }) => actor === 'user');
  const input = run.trace.input;
  return {
    turns,
    steps,
    answer,
    request: first ?? (input === '' ? null : { text: input, path: '/input', spanId: null }),
    userTurns,
  };
}

function turnsOf({ messages }: Trace, environment: boolean): readonly Turn[] {
  const turns: Turn[] = [];
  let spoken = false;
  for (let at = 0; at < messages.length; at++) {
    const message = messages[at]!;
    const { role, content } = message;
    if (role === 'user' && END_MARK.test(content)) continue;
    if (role === 'assistant') spoken = true;
    const actor: Actor =
      role === 'tool' || (role === 'user' && environment && spoken)
        ? 'result'
        : role === 'user'
          ? 'user'
          : role;
    turns.push({
      actor,
      at,
      text: content,
      path: `/messages/${at}/content`,
      spanId: message.spanId,
    });
  }
  return turns;
}

function stepsOf(run: Run, turns: readonly Turn[]): readonly Step[] {
  const steps: Step[] = [];
  const recorded = run.calls;
  const isSpans = recorded.length > 0 && recorded[0]!.path.startsWith('/spans');
  for (const { call, path, at, spanId, result } of recorded) {
    const args =
      typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
    const from = isSpans ? spanId : (run.messages[result?.at ?? -1]?.spanId ?? spanId);
    const found =
      result === null ? null : resultOf(result.text, result.path, from, result.at, 0, args);
    const failed = result?.isError === true && isSpans && found !== null && found.form === 'data';
    steps.push({
      tool: call.name,
      args,
      at,
      path,
      spanId,
      result: failed ? { ...found, form: 'error' } : (found ?? following(turns, at, isSpans, args)),
    });
  }
  if (recorded.length === 0) spokenSteps(turns, steps);
  else if (!isSpans) mixedSteps(turns, steps);
  return steps;
}

/** The result of a recorded call, returned in the user role. */
function following(
  turns: readonly Turn[],
  at: number,
  isSpans: boolean,
  args: string,
): StepResult | null {
  if (isSpans) return null;
  const index = turns.findIndex((turn) => turn.at > at);
  const next = turns[index];
  return next?.actor === 'result' && next.path.endsWith('content') && next.text !== ''
    ? resultOf(next.text, next.path, next.spanId, next.at, 0, args)
    : null;
}

function mixedSteps(turns: readonly Turn[], steps: Step[]): void {
  const known = new Set(steps.map(({ at }) => at));
  const spoken: Step[] = [];
  for (let index = 0; index < turns.length; index++) {
    const turn = turns[index]!;
    if (turn.actor !== 'assistant' || known.has(turn.at)) continue;
    const step = spokenStep(turn, turns[index + 1]);
    if (step !== null && step.result !== null) spoken.push(step);
  }
  if (spoken.length === 0) return;
  steps.push(...spoken);
  steps.sort((a, b) => a.at - b.at);
}

function spokenSteps(turns: readonly Turn[], steps: Step[]): void {
  for (let index = 0; index < turns.length; index++) {
    const turn = turns[index]!;
    if (turn.actor !== 'assistant') continue;
    const step = spokenStep(turn, turns[index + 1]);
    if (step !== null) steps.push(step);
  }
}

function spokenStep(turn: Turn, next: Turn | undefined): Step | null {
  const reply = next?.actor === 'result' ? next : undefined;
  const call = spokenCall(turn.text);
  if (call === null) {
    if (reply === undefined) return null;
    const tool = /```|<code>|<execute/.test(turn.text) ? 'code' : 'reply';
    return step(
      turn,
      tool,
      turn.text.slice(0, 2_000),
      resultOf(reply.text, reply.path, reply.spanId, reply.at, 0, ''),
    );
  }
  if (reply === undefined && CLOSING_NAME.test(call.tool)) return null;
  const result =
    call.resultStart !== null
      ? resultOf(turn.text, turn.path, turn.spanId, turn.at, call.resultStart, call.args)
      : reply === undefined
        ? null
        : resultOf(reply.text, reply.path, reply.spanId, reply.at, 0, call.args);
  return step(turn, call.tool, call.args, result);
}

const step = (turn: Turn, tool: string, args: string, result: StepResult | null): Step => ({
  tool,
  args,
  at: turn.at,
  path: turn.path,
  spanId: turn.spanId,
  result,
});

/** Action names that text protocols use to return the answer. */
const CLOSING_NAME = /^(?:finish|final|answer|submit|done|complete|respond|end)/i;

function resultOf(
  text: string,
  path: string,
  spanId: string | null,
  at: number,
  from: number,
  args: string,
): StepResult {
  const body = from === 0 ? text : text.slice(from);
  const start = bodyStart(body);
  const form = resultForm(body);
  const isEcho = form === 'data' && echoesArguments(start === 0 ? body : body.slice(start), args);
  return { text, path, spanId, at, start: from + start, form: isEcho ? 'empty' : form };
}

function answerOf(trace: Trace, turns: readonly Turn[]): Passage | null {
  for (let at = turns.length - 1; at >= 0; at--) {
    const turn = turns[at]!;
    if (turn.actor !== 'assistant' || turn.text.trim() === '') continue;
    const call = spokenCall(turn.text);
    if (call === null) {
      const end = finalLabelEnd(turn.text);
      if (end === -1) return turn;
      const text = turn.text.slice(end).trim();
      return text === '' ? turn : { text, path: turn.path, spanId: turn.spanId };
    }
    if (CLOSING_NAME.test(call.tool) && call.args.trim() !== '')
      return { text: call.args.trim(), path: turn.path, spanId: turn.spanId };
    if (call.resultStart === null) return turn;
  }
  return trace.output === '' ? null : { text: trace.output, path: '/output', spanId: null };
}

/** Where the first line that begins with `Answer:` or `Final answer:` goes on after it; -1 without one. */
function finalLabelEnd(text: string): number {
  for (let line = 0; ; ) {
    FINAL.lastIndex = line;
    if (FINAL.test(text)) return FINAL.lastIndex;
    line = text.indexOf('\n', line) + 1;
    if (line === 0) return -1;
  }
}

/** Sticky: trying the beginnings of lines costs less than trying every place. */
const FINAL = /\s{0,4}\**(?:final answer|answer)\**\s?:\**\s{0,3}/iy;
