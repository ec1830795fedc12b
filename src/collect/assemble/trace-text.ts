import type { Json } from '../../contract/json.ts';
import type { Message, SpanKind } from '../../contract/trace.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { type AttributeReading, field } from '../dialect/attribute-reading.ts';
import type { SpanReading } from '../dialect/read-span.ts';
import { wordsOf } from '../dialect/words.ts';
import { structured, textOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import { isRedacted } from '../message/redaction.ts';
import { isAside, type SpanTree } from './span-tree.ts';

/**
 * What the user asked: the trace's own input, else the last user message or the words of the outermost span
 * that recorded any, else the last user message of the first model call, else the raw input of a root.
 */
export function traceInput(tree: SpanTree): string {
  const outer = outerSpans(tree, 'first');
  const said = firstOf(outer, (reading) => ownText(reading.attributes, 'traceInput', 'user'));
  if (said !== '') return said;
  const words = firstOf(outer, (reading) => spoken(reading.input, reading.inputText, 'user'));
  if (words !== '') return words;
  const call = modelCalls(tree)[0];
  return (
    (call === undefined ? '' : lastText(call.input, 'user')) ||
    firstOf(outer, ({ inputText }) => inputText)
  );
}

/**
 * What the application answered: the trace's own output, else the last assistant text or the words of the
 * outermost span that recorded any, else the reply of the last model call, else the raw output of a
 * root. A root that failed without output leaves nothing to take instead.
 */
export function traceOutput(tree: SpanTree): string {
  const outer = outerSpans(tree, 'last');
  const said = firstOf(outer, (reading) => ownText(reading.attributes, 'traceOutput', 'assistant'));
  if (said !== '') return said;
  const isBroken = tree.spans.some(
    ({ span }, index) => tree.depths[index] === 0 && span.error !== null && span.output === '',
  );
  if (isBroken) return '';
  const words = firstOf(outer, (reading) =>
    spoken(reading.output, reading.outputText, 'assistant'),
  );
  if (words !== '') return words;
  const call = modelCalls(tree).at(-1);
  return (
    (call === undefined ? '' : lastText(call.output, 'assistant')) ||
    firstOf(outer, ({ outputText }) => outputText)
  );
}

const OUTER: ReadonlySet<SpanKind> = new Set(['workflow', 'agent', 'step', 'other']);
const WORK: ReadonlySet<SpanKind> = new Set(['model', 'agent', 'workflow']);

/** Roots first, then inwards the spans that hold work; of equals the first or the last in time. */
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
      return (isRoot || isOuter) && !isAside(tree, index);
    });
  const sign = order === 'first' ? 1 : -1;
  indices.sort((a, b) => (tree.depths[a] as number) - (tree.depths[b] as number) || sign * (a - b));
  return indices.map((index) => tree.spans[index] as SpanReading);
}

const modelCalls = (tree: SpanTree): readonly SpanReading[] =>
  tree.spans.filter(({ span }, index) => span.kind === 'model' && !isAside(tree, index));

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
  return saidIn(value, role) || textOf(value);
}

function spoken(messages: readonly Message[], text: string, role: 'user' | 'assistant'): string {
  const said = lastText(messages, role);
  if (said !== '' || text === '') return said;
  return saidIn(text, role);
}

/** Words in a value of unknown make: messages, a known field, or plain text. */
function saidIn(value: Json, role: 'user' | 'assistant'): string {
  const found = structured(value);
  const parsed = typeof found === 'string' ? (pythonLiteral(found) ?? found) : found;
  if (typeof parsed === 'string') return parsed;
  const words = lastText(messagesOf(parsed), role) || (wordsOf(parsed) ?? '');
  return words === '' && typeof found === 'string' ? found : words;
}

function lastText(messages: readonly Message[], role: 'user' | 'assistant'): string {
  return (
    messages.findLast((message) => message.role === role && message.content !== '')?.content ?? ''
  );
}
