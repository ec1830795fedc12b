import type { Trace } from '../../contract/trace.ts';
import { byText } from '../../text/by-text.ts';
import { pointer } from '../evidence.ts';
import { holdsContext, onlyFromContext } from './context-prompt.ts';
import { isProse } from './prose.ts';

/** What the answer may be based on. */
export interface Context {
  /** Texts that the answer was meant to come from. */
  readonly sources: readonly Source[];
  /** `documents`: retrieved; `passage`: handed over inside the request; `tools`: results of calls. */
  readonly kind: 'documents' | 'passage' | 'tools';
  /** The whole answer has to come from the sources: a summary, or an answer from the passage alone. */
  readonly strict: boolean;
  /** False where the recorder cut a source, so that absence proves nothing. */
  readonly complete: boolean;
  /** Everything else before the answer: system prompt, user messages and arguments of calls. */
  readonly conversation: string;
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
}

/** The context of the final answer; null when the trace gives it nothing to be based on. */
export function contextOf(trace: Trace): Context | null {
  const gathered = gather(trace);
  return gathered === null ? null : new TraceContext(trace, gathered);
}

type Gathered = Pick<Context, 'sources' | 'kind' | 'strict'>;

/** Joins the conversation only when asked for it. */
class TraceContext implements Context {
  readonly sources: readonly Source[];
  readonly kind: Context['kind'];
  readonly strict: boolean;
  readonly #trace: Trace;
  #complete: boolean | undefined;
  #conversation: string | undefined;

  constructor(trace: Trace, { sources, kind, strict }: Gathered) {
    this.#trace = trace;
    this.sources = sources;
    this.kind = kind;
    this.strict = strict;
  }

  get complete(): boolean {
    this.#complete ??=
      this.sources.every(({ text }) => text.length < SOURCE_LIMIT && !isCut(text)) &&
      !this.#trace.gaps.some(
        ({ kind }) => kind === 'truncated_attributes' || kind === 'missing_tool_result',
      );
    return this.#complete;
  }

  /** Empty where the request itself is the source. */
  get conversation(): string {
    this.#conversation ??=
      this.sources[0]?.path === '/input' ? '' : conversationBefore(this.#trace);
    return this.#conversation;
  }
}

/** Whether a text ends in a recorder's mark of a cut. */
export const isCut = (text: string): boolean => CUT.test(text.slice(-60));

const CUT =
  /(?:\u2026|\.\.\.)\s{0,3}(?:[[(]?\+?\d{1,12} (?:more )?(?:chars?|characters|bytes|tokens)[\])]?|[[(<]truncated[\])>])?\s{0,3}$|[[(<]truncated[^\n]{0,30}$/i;

function gather(trace: Trace): Gathered | null {
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
      };
    }
  }
  const tools = results(trace);
  if (tools.length > 0) return { kind: 'tools', strict: false, sources: tools };
  if (trace.input.length >= PASSAGE_LEAST && asksFromPassage(trace.input)) {
    return {
      kind: 'passage',
      strict: true,
      sources: [{ path: '/input', text: trace.input.slice(0, SOURCE_LIMIT), spanId: null }],
    };
  }
  const prompts = prompted(trace);
  if (prompts.length === 0) return null;
  return { kind: 'passage', strict: isBound(trace, prompts), sources: prompts };
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

/** Whether the request hands over a text to work on: the task at one end, the passage at the other. */
export const asksFromPassage: (request: string) => boolean = byText(
  (request) =>
    FROM_PASSAGE.test(request.slice(0, END)) ||
    (request.length > END && FROM_PASSAGE.test(request.slice(-END))),
);

const END = 400;

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

/** The conversation but for its last answer and the results of tools; what the assistant wrote into calls is its own. */
function conversationBefore(trace: Trace): string {
  const parts = [trace.input];
  const last = trace.messages.findLastIndex((message) => message.role === 'assistant');
  for (const [index, message] of trace.messages.entries()) {
    if (message.role !== 'tool' && index !== last)
      parts.push(message.content.slice(0, SOURCE_LIMIT));
    for (const call of message.toolCalls) parts.push(JSON.stringify(call.arguments));
  }
  return parts.join('\n');
}
