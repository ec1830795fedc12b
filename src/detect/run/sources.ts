import type { Trace } from '../../contract/trace.ts';
import { remember } from '../../text/plain.ts';
import { pointer } from '../evidence.ts';
import { holdsContext, onlyFromContext } from './context-prompt.ts';
import { isProse } from './prose.ts';

/** What the answer may rest on. */
export interface Context {
  /** Texts the answer was meant to come from. */
  readonly sources: readonly Source[];
  /** `documents`: retrieved; `passage`: handed over inside the request; `tools`: results of calls. */
  readonly kind: 'documents' | 'passage' | 'tools';
  /** The whole answer has to come from the sources: a summary, or an answer from the passage alone. */
  readonly strict: boolean;
  /** False where the recorder cut a source, so that absence proves nothing. */
  readonly complete: boolean;
  /** Everything else said before the answer: system prompt and user messages. */
  readonly said: string;
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
}

/** The sources of the final answer, null when nothing was given to rest on. */
export const contextOf: (trace: Trace) => Context | null = remember((trace: Trace) => {
  const found = gather(trace);
  if (found === null) return null;
  const complete =
    found.sources.every((source) => source.text.length < SOURCE_LIMIT && !isCut(source.text)) &&
    !trace.gaps.some(
      (gap) => gap.kind === 'truncated_attributes' || gap.kind === 'missing_tool_result',
    );
  return { ...found, complete };
});

/** Whether a text ends in a recorder's mark of a cut. */
export const isCut = (text: string): boolean => CUT.test(text.slice(-60));

const CUT =
  /(?:\u2026|\.\.\.)\s{0,3}(?:[[(]?\+?\d{1,12} (?:more )?(?:chars?|characters|bytes|tokens)[\])]?|[[(<]truncated[\])>])?\s{0,3}$|[[(<]truncated[^\n]{0,30}$/i;

function gather(trace: Trace): Omit<Context, 'complete'> | null {
  if (trace.documents.length > 0) {
    const sources = trace.documents
      .map((document, index) => ({
        path: pointer('documents', index, 'content'),
        text: document.content.slice(0, SOURCE_LIMIT),
        spanId: document.spanId,
      }))
      .filter((source) => source.text !== '');
    if (sources.length > 0) {
      return {
        kind: 'documents',
        strict: asksFromPassage(trace.input) || isBound(trace, sources),
        sources: [...sources, ...results(trace)],
        said: said(trace),
      };
    }
  }
  const tools = results(trace);
  if (tools.length > 0) return { kind: 'tools', strict: false, sources: tools, said: said(trace) };
  if (trace.input.length >= PASSAGE_LEAST && asksFromPassage(trace.input)) {
    return {
      kind: 'passage',
      strict: true,
      sources: [{ path: '/input', text: trace.input.slice(0, SOURCE_LIMIT), spanId: null }],
      said: '',
    };
  }
  const prompts = prompted(trace);
  if (prompts.length === 0) return null;
  return { kind: 'passage', strict: isBound(trace, prompts), sources: prompts, said: said(trace) };
}

/** Prompts that hold passages to answer from. */
const prompted = (trace: Trace): readonly Source[] =>
  trace.messages.flatMap(({ role, content, spanId }, index) =>
    (role === 'user' || role === 'system') && holdsContext(content)
      ? [
          {
            path: pointer('messages', index, 'content'),
            text: content.slice(0, SOURCE_LIMIT),
            spanId,
          },
        ]
      : [],
  );

/** Whether some instruction binds the answer to the passages. Over tables an answer has to work out figures of its own. */
const isBound = (trace: Trace, sources: readonly Source[]): boolean =>
  trace.messages.some(
    ({ role, content }) => (role === 'user' || role === 'system') && onlyFromContext(content),
  ) && sources.every(({ text }) => isProse(text));

const SOURCE_LIMIT = 200_000;
const PASSAGE_LEAST = 300;

/** Whether the request hands over a text to work on: the task stands at one end, the passage at the other. */
export const asksFromPassage = (request: string): boolean =>
  FROM_PASSAGE.test(request.slice(0, 400)) || FROM_PASSAGE.test(request.slice(-400));

const FROM_PASSAGE =
  /\b(?:summari[sz]e|summary of|tl;?dr|condense|(?:based (?:only |solely )?on|using only|answer (?:only )?from) (?:the|this) (?:following |above |below |provided |given )?(?:passage|text|article|paragraph|transcript|report))\b/i;

function results(trace: Trace): readonly Source[] {
  const found: Source[] = [];
  for (const [index, message] of trace.messages.entries()) {
    if (message.role !== 'tool' || message.content === '') continue;
    found.push({
      path: pointer('messages', index, 'content'),
      text: message.content.slice(0, SOURCE_LIMIT),
      spanId: message.spanId,
    });
  }
  return found;
}

/** Everything in the conversation but its last answer; what the assistant wrote into calls is its own. */
function said(trace: Trace): string {
  const parts = [trace.input];
  const last = trace.messages.findLastIndex((message) => message.role === 'assistant');
  for (const [index, message] of trace.messages.entries()) {
    if (message.role !== 'tool' && index !== last)
      parts.push(message.content.slice(0, SOURCE_LIMIT));
    for (const call of message.toolCalls) parts.push(JSON.stringify(call.arguments));
  }
  return parts.join('\n');
}
