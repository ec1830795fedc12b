import * as z from 'zod';
import { layerSchema } from '../../contract/category.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Claim, Narrative } from '../../contract/narrative.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Material } from '../../detect/ask.ts';
import { checkedText } from '../checked-text.ts';
import { type Finding, namesIn } from '../findings.ts';
import { knownOf, quoteOf } from '../quotes.ts';
import type { CauseSubject } from '../subject.ts';
import { NARRATIVE_PROMPT } from './prompt.ts';

const SENTENCE = 240;
const TITLE = 100;
const SENTENCES = 2;

const text = z.string().catch('');
const sentence = z.object({
  claim: text,
  finding: text,
  run: z.coerce.number().int().catch(0),
  step: z.coerce.number().int().catch(0),
  quote: text,
});
/** A lenient reading, for models that ignore the schema. */
const answer = z.object({
  sentences: z.array(z.unknown()).catch([]),
  title: text,
  category: text,
  layer: layerSchema.catch('unknown'),
});

/**
 * A model's answer about a cause as it may be shown: every quote is looked up, every sentence checked. Null where
 * nothing in it may be.
 */
export function readNarrative(
  given: JsonObject,
  subject: CauseSubject,
  material: Material,
  model: string,
): Narrative | null {
  const { data } = answer.safeParse(given);
  if (data === undefined) return null;
  const known = knownOf(subject, material);
  let dropped = 0;
  const claims: Claim[] = [];
  for (const each of data.sentences.slice(0, SENTENCES)) {
    const read = sentence.safeParse(each).data;
    const shown = read === undefined ? null : checkedText(read.claim, SENTENCE, known);
    if (read === undefined || shown === null) {
      dropped += 1;
      continue;
    }
    const quote = quoteOf(read, subject, material);
    if (quote === null && read.quote.trim() !== '') dropped += 1;
    claims.push(claimOf(shown, quote, read.finding, subject));
  }
  const title = checkedText(data.title, TITLE, known);
  if (title === null && data.title !== '') dropped += 1;
  if (claims.length === 0 && title === null) return null;
  const isKnown = subject.categories.some(({ id }) => id === data.category);
  return {
    ...{ title, layer: data.layer, claims, dropped, model, prompt: NARRATIVE_PROMPT },
    category: isKnown ? data.category : null,
  };
}

function claimOf(
  shown: string,
  quote: Claim['quote'],
  named: string,
  { findings, failing, passing }: CauseSubject,
): Claim {
  if (quote === null) return { text: shown, state: 'hypothesis', quote, finding: null };
  const finding = findings.find(({ id }) => id === named.trim());
  const traces = [...failing.map(({ trace }) => trace), ...passing];
  const trace = traces.find(({ id }) => id === quote.traceId)!;
  return finding !== undefined && restsOn(shown, quote, finding, trace)
    ? { text: shown, state: 'confirmed', quote, finding: finding.text }
    : { text: shown, state: 'supported', quote, finding: null };
}

/** Whether a sentence is about what code found, and its quote from where code found it. */
function restsOn(
  claim: string,
  quote: NonNullable<Claim['quote']>,
  { text: found, places, tool }: Finding,
  trace: Trace,
): boolean {
  const names = namesIn(found);
  if (names.length > 0 && !names.some((name) => claim.includes(name))) return false;
  if (tool !== null) return isAbout(tool, quote.path, trace);
  return places.some(
    ({ traceId, path }) => traceId === quote.traceId && placeOf(path) === placeOf(quote.path),
  );
}

/** The message, span or tool that a path leads into. */
const placeOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** Whether a path leads to a call, a result or the definition of a tool. */
function isAbout(tool: string, path: string, trace: Trace): boolean {
  const [, part, index, ...rest] = path.split('/');
  const at = Number(index);
  switch (part) {
    case 'messages': {
      const message = trace.messages[at];
      return message?.name === tool || message?.toolCalls[Number(rest[1])]?.name === tool;
    }
    case 'spans':
      return trace.spans[at]?.toolCall?.name === tool;
    case 'tools':
      return trace.tools[at]?.name === tool;
    default:
      return false;
  }
}
