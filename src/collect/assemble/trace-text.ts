import type { Json } from '../../contract/json.ts';
import type { Message, SpanKind } from '../../contract/trace.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { type AttributeReading, field } from '../dialect/attribute-reading.ts';
import { primaryText } from '../dialect/primary-text.ts';
import type { SpanReading } from '../dialect/read-span.ts';
import { structured, textOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import { isRedacted } from '../message/redaction.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * What the user asked: the trace's own input, else the last user message or the text of the outermost span
 * that recorded any, else the last user message of the first model call, else the raw input of a root.
 */
export function traceInput(tree: SpanTree): string {
  const outer = outerSpans(tree, 'first');
  const own = firstOf(outer, (reading) => ownText(reading.attributes, 'traceInput', 'user'));
  if (own !== '') return own;
  const recorded = firstOf(outer, (reading) =>
    messageText(reading.input, reading.inputText, 'user'),
  );
  if (recorded !== '') return recorded;
  const call = modelCalls(tree)[0];
  return (
    (call === undefined ? '' : lastText(call.input, 'user')) ||
    firstOf(outer, ({ inputText }) => inputText)
  );
}

/**
 * What the application answered: the trace's own output, else the last assistant text or the text of the
 * outermost span that recorded any, else the reply of the last model call, else the raw output of a
 * root. A root that failed without output has no answer.
 */
export function traceOutput(tree: SpanTree): string {
  const outer = outerSpans(tree, 'last');
  const own = firstOf(outer, (reading) => ownText(reading.attributes, 'traceOutput', 'assistant'));
  if (own !== '') return own;
  const isBroken = tree.spans.some(
    ({ span }, index) => tree.depths[index] === 0 && span.error !== null && span.output === '',
  );
  if (isBroken) return '';
  const recorded = firstOf(outer, (reading) =>
    messageText(reading.output, reading.outputText, 'assistant'),
  );
  if (recorded !== '') return recorded;
  const call = modelCalls(tree).at(-1);
  return (
    (call === undefined ? '' : lastText(call.output, 'assistant')) ||
    firstOf(outer, ({ outputText }) => outputText)
  );
}

const OUTER: ReadonlySet<SpanKind> = new Set(['workflow', 'agent', 'step', 'other']);
const WORK: ReadonlySet<SpanKind> = new Set(['model', 'agent', 'workflow']);

/** Roots first, then inward the spans that contain model calls or agents; among equals the first or the last in time. */
function outerSpans(tree: SpanTree, order: 'first' | 'last'): readonly SpanReading[] {
  const holdsWork = new Array<boolean>(tree.spans.length).fill(false);
  tree.spans.forEach(({ span }, index) => {
    if (!WORK.has(span.kind)) return;
    for (let at = index; at >= 0 && !holdsWork[at]; at = tree.parents[at] as number) {
      holdsWork[at] = true;
    }
  });
  const indices = tree.spans
    .map((_, index) => index)
    .filter((index) => {
      const kind = tree.spans[index]?.span.kind as SpanKind;
      const isRoot = tree.depths[index] === 0 && !tree.orphans.has(index);
      const isOuter = OUTER.has(kind) && (holdsWork[index] === true || tree.depths[index] === 0);
      return (isRoot || isOuter) && tree.sides[index] !== 1;
    });
  const sign = order === 'first' ? 1 : -1;
  indices.sort((a, b) => (tree.depths[a] as number) - (tree.depths[b] as number) || sign * (a - b));
  return indices.map((index) => tree.spans[index] as SpanReading);
}

const modelCalls = (tree: SpanTree): readonly SpanReading[] =>
  tree.spans.filter(({ span }, index) => span.kind === 'model' && tree.sides[index] !== 1);

function firstOf(spans: readonly SpanReading[], text: (reading: SpanReading) => string): string {
  for (const reading of spans) {
    const found = text(reading);
    if (found !== '' && !isRedacted(found)) return found;
  }
  return '';
}

function ownText(
  attributes: AttributeReading,
  name: 'traceInput' | 'traceOutput',
  role: 'user' | 'assistant',
): string {
  const value = field(attributes, name);
  if (value === undefined) return '';
  return textIn(value, role) || textOf(value);
}

function messageText(
  messages: readonly Message[],
  text: string,
  role: 'user' | 'assistant',
): string {
  const last = lastText(messages, role);
  if (last !== '' || text === '') return last;
  return textIn(text, role);
}

/** Text in a value of unknown form: messages, a known field, or plain text. */
function textIn(value: Json, role: 'user' | 'assistant'): string {
  const found = structured(value);
  const parsed = typeof found === 'string' ? (pythonLiteral(found) ?? found) : found;
  if (typeof parsed === 'string') return parsed;
  const text = lastText(messagesOf(parsed), role) || (primaryText(parsed) ?? '');
  return text === '' && typeof found === 'string' ? found : text;
}

function lastText(messages: readonly Message[], role: 'user' | 'assistant'): string {
  return (
    messages.findLast((message) => message.role === role && message.content !== '')?.content ?? ''
  );
}
