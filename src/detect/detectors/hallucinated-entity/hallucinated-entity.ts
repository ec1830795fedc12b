import { maskedKey } from '../../../text/mask.ts';
import { statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import { answerSpan } from '../../run/last-answer.ts';
import type { Run } from '../../run/run.ts';
import { wasOffered } from '../../run/was-offered.ts';

const NOTHING_GIVEN = inconclusive('no tools, documents or tool results to compare with');

/**
 * Something named that does not exist for the application: a function called that was not offered, or a
 * URL, address, file or identifier in the answer that no input, document or tool result holds.
 */
export const hallucinatedEntity = defineDetector({
  id: 'hallucinated_entity',
  tier: 'likely',
  finds:
    'a function that was not offered, or a URL, email address, file or id in the answer that occurs nowhere in what the model was given',
  category: {
    name: 'Hallucinated entity',
    definition: 'Names, ids and links in the answer occur in what the model was given.',
    severity: 4,
    layer: 'prompt',
    fixCost: 3,
    example: 'The answer links to a help page that no tool result or document mentions.',
  },
  detect(run) {
    const found = [inventedFunction(run), inventedReference(run)].filter(
      (finding) => finding !== null,
    );
    if (found.length > 0) return found;
    return run.tools.length > 0 || run.sources !== null ? noFinding : NOTHING_GIVEN;
  },
});

function inventedFunction(run: Run): Finding | null {
  if (run.tools.length === 0) return null;
  const offered = new Set(run.tools.map((tool) => tool.name));
  for (const [index, message] of run.messages.entries()) {
    for (const [at, { name }] of message.toolCalls.entries()) {
      if (name === '' || offered.has(name) || wasOffered(run, name)) continue;
      const isNear = run.tools.some((offer) => bare(offer.name) === bare(name));
      const path = pointer('messages', index, 'toolCalls', at, 'name');
      return run.finding({
        cause: [isNear ? 'misspelled function' : 'function', maskedKey(name)],
        statement: isNear
          ? statement`${tool(name)} was called, the misspelled name of a function that is offered`
          : statement`${tool(name)} was called but was not offered`,
        confidence: 0.9,
        evidence: [run.quote(path, name, message.spanId)],
      });
    }
  }
  return null;
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function inventedReference(run: Run): Finding | null {
  const context = run.sources;
  if (context === null || !REFERENCE_HINT.test(run.output) || !context.complete) return null;
  const references = referencesIn(run.output);
  if (references.length === 0) return null;
  const known = knownText(
    run,
    context.sources.map((source) => source.text),
  );
  const unknown = references.find(({ key }) => !known.includes(key));
  if (unknown === undefined) return null;
  return run.finding({
    cause: [unknown.kind],
    statement: STATEMENTS[unknown.kind],
    confidence: 0.7,
    evidence: [run.quote('/output', unknown.text, answerSpan(run.trace))],
  });
}

const STATEMENTS = {
  url: 'The answer gives a URL that appears nowhere else',
  mail: 'The answer gives an email address that appears nowhere else',
  file: 'The answer names a file that appears nowhere else',
  id: 'The answer gives an identifier that appears nowhere else',
} as const;

interface Reference {
  readonly kind: keyof typeof STATEMENTS;
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

/** Everything that the answer can take a reference from, in lower case. */
function knownText({ trace }: Run, sources: readonly string[]): string {
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
