import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { answerSpan } from '../../run/last-answer.ts';
import { contextOf } from '../../run/sources.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'hallucinated_entity';
const NO = saysNo(ID);
const NOTHING_GIVEN = saysUnknown(ID, 'no tools, documents or tool results to compare with');

/**
 * Something named that does not exist for the application: a function called that was not offered, or a
 * URL, address, file or identifier in the answer that no input, document or tool result holds.
 */
export const hallucinatedEntity: Detector = {
  id: ID,
  detect(trace) {
    const found = [...inventedFunction(trace), ...inventedReference(trace)];
    if (found.length > 0) return found;
    return trace.tools.length > 0 || contextOf(trace) !== null ? NO : NOTHING_GIVEN;
  },
};

function inventedFunction(trace: Trace): readonly Signal[] {
  if (trace.tools.length === 0) return [];
  const offered = new Set(trace.tools.map((tool) => tool.name));
  for (const [index, message] of trace.messages.entries()) {
    for (const [at, call] of message.toolCalls.entries()) {
      if (call.name === '' || offered.has(call.name)) continue;
      const path = pointer('messages', index, 'toolCalls', at, 'name');
      const evidence = quote(trace, path, call.name, message.spanId);
      if (evidence === null) continue;
      const near = trace.tools.some((tool) => bare(tool.name) === bare(call.name));
      return [
        signal(
          near ? 'misspelt_function' : 'function',
          near
            ? 'A function was called by a misspelt name'
            : 'A function was called that was not offered',
          0.9,
          evidence,
        ),
      ];
    }
  }
  return [];
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function inventedReference(trace: Trace): readonly Signal[] {
  const context = contextOf(trace);
  if (context === null || !context.complete || !REFERENCE_HINT.test(trace.output)) return [];
  const references = referencesIn(trace.output);
  if (references.length === 0) return [];
  const known = knownText(
    trace,
    context.sources.map((source) => source.text),
  );
  const spanId = answerSpan(trace);
  for (const reference of references) {
    if (known.includes(reference.key)) continue;
    const evidence = quote(trace, '/output', reference.text, spanId);
    if (evidence === null) continue;
    return [
      signal(
        reference.kind,
        `The answer names ${NAMES[reference.kind]} that occurs nowhere else`,
        0.7,
        evidence,
      ),
    ];
  }
  return [];
}

const NAMES = { url: 'a URL', mail: 'an address', file: 'a file', id: 'an identifier' } as const;

interface Reference {
  readonly kind: keyof typeof NAMES;
  readonly text: string;
  /** Lower case, without scheme and trailing punctuation. */
  readonly key: string;
}

const REFERENCE_HINT = /:\/\/|www\.|@|\.[a-z]{2,4}\b|[A-Za-z][-_]?\d{3}|\d{3}[A-Za-z]/;

function referencesIn(output: string): readonly Reference[] {
  const found: Reference[] = [];
  for (const match of output.slice(0, 20_000).matchAll(REFERENCE)) {
    const [whole, url, mail, file, id] = match;
    const text = whole.replace(/[.,;:!?)\]*`]+$/, '');
    const kind =
      url !== undefined
        ? 'url'
        : mail !== undefined
          ? 'mail'
          : file !== undefined
            ? 'file'
            : id === undefined
              ? null
              : 'id';
    if (kind === null) continue;
    const key = text
      .toLowerCase()
      .replace(/^[a-z]{2,8}:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
    found.push({ kind, text, key });
    if (found.length >= 50) break;
  }
  return found;
}

const REFERENCE =
  /((?:https?:\/\/|www\.)[^\s"'<>)\]}]{3,500})|(\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}\b)|(\b[\w-]{1,60}\.(?:pdf|docx?|xlsx?|csv|txt|md|py|js|ts|json|ya?ml|png|jpe?g|zip)\b)|(\b(?!(?:FY|CY|Q\d|H\d|ISO|RFC|COVID|US|USD|EUR)-?\d{2,4}\b)(?=[A-Z0-9-]{0,20}\d{3})(?!\d{1,9}[KMBT]\b)(?=[\dA-Z-]{0,20}[A-Z])[A-Z0-9]{1,12}(?:-[A-Z0-9]{2,12}){0,4}\b)/g;

/** Everything the answer can have a reference from, lower case. */
function knownText(trace: Trace, sources: readonly string[]): string {
  const parts = [...sources, trace.input];
  for (const message of trace.messages) {
    if (message.role === 'user' || message.role === 'system') parts.push(message.content);
    for (const call of message.toolCalls) parts.push(JSON.stringify(call.arguments));
  }
  for (const span of trace.spans)
    parts.push(span.toolResult ?? '', span.kind === 'tool' ? span.output : '');
  for (const document of trace.documents) parts.push(document.id ?? '', document.title ?? '');
  return parts.join('\n').toLowerCase();
}

const signal = (
  kind: string,
  summary: string,
  confidence: number,
  evidence: NonNullable<ReturnType<typeof quote>>,
): Signal => ({
  detector: ID,
  verdict: 'yes',
  category: ID,
  confidence,
  spanId: evidence.spanId,
  summary,
  fingerprint: fingerprint(ID, kind),
  evidence: [evidence],
});
