import type { PairStep } from '../contract/report.ts';
import type { Message, Trace } from '../contract/trace.ts';
import { areInMessages, messageSteps, type Step, spanSteps } from './steps.ts';

/** Characters of a text and of a result. */
const TEXT = 400;
/** Steps of a trace that are compared. */
const MOST = 60;

/**
 * What a trace did, step by step: requests, calls with their results, answers. The first 60, without system prompts,
 * their texts cut to `most` characters.
 */
export const pairSteps = (trace: Trace, most: number = TEXT): readonly PairStep[] =>
  (areInMessages(trace) ? fromMessages(trace, most) : fromSpans(trace, most)).slice(0, MOST);

interface Open extends PairStep {
  readonly id: string | null;
  result: string | null;
  failed: boolean;
}

function fromMessages(trace: Trace, most: number): readonly PairStep[] {
  const found: Open[] = [];
  const waiting: Open[] = [];
  for (const step of messageSteps(trace)) {
    const message = trace.messages[step.index]!;
    if (step.call !== null) {
      const open = opened(step, most);
      found.push(open);
      waiting.push(open);
    } else if (message.role === 'tool') {
      const call = calledBy(message, waiting);
      if (call === undefined) found.push(said(message, step.index, most));
      else {
        waiting.splice(waiting.indexOf(call), 1);
        call.result = message.content.slice(0, most);
        call.failed ||= message.isError === true;
      }
    } else if (message.role !== 'system' && message.content.trim() !== '')
      found.push(said(message, step.index, most));
    if (found.length > MOST) break;
  }
  return found.map(closed);
}

/** The call with the id of the result, else the first of its tool, else the first that waits. */
const calledBy = ({ toolCallId, name }: Message, waiting: readonly Open[]): Open | undefined =>
  waiting.find(({ id }) => toolCallId !== null && id === toolCallId) ??
  waiting.find(({ tool }) => name !== null && tool === name) ??
  waiting[0];

const opened = (step: Step, most: number): Open => ({
  kind: 'tool',
  tool: step.tool,
  text: JSON.stringify(step.call?.arguments ?? null).slice(0, most),
  result: null,
  failed: step.failed,
  message: step.index,
  id: step.call?.id ?? null,
});

const said = ({ role, content, name, isError }: Message, index: number, most: number): Open => ({
  kind: role,
  tool: role === 'tool' ? name : null,
  text: content.slice(0, most),
  result: null,
  failed: isError === true,
  message: index,
  id: null,
});

const closed = ({ id: _, ...step }: Open): PairStep => step;

/** The tools that spans record, between what was asked and what was answered. */
function fromSpans(trace: Trace, most: number): readonly PairStep[] {
  const text = (kind: 'user' | 'assistant', content: string): PairStep[] =>
    content === ''
      ? []
      : [
          {
            kind,
            tool: null,
            text: content.slice(0, most),
            result: null,
            failed: false,
            message: null,
          },
        ];
  const called = spanSteps(trace).flatMap((step): PairStep[] => {
    const span = trace.spans[step.index]!;
    if (step.tool === null) return [];
    const given = step.call === null ? span.input : JSON.stringify(step.call.arguments);
    return [
      {
        kind: 'tool',
        tool: step.tool,
        text: given.slice(0, most),
        result: (span.toolResult ?? span.output).slice(0, most) || null,
        failed: step.failed,
        message: null,
      },
    ];
  });
  return [...text('user', trace.input), ...called, ...text('assistant', trace.output)];
}
