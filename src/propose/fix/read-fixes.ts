import * as z from 'zod';
import type { Layer } from '../../contract/category.ts';
import { layerSchema } from '../../contract/category.ts';
import type { FixEdit } from '../../contract/fix.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Claim } from '../../contract/narrative.ts';
import { instructionsIn, type Material } from '../../detect/ask.ts';
import { checkedText } from '../checked-text.ts';
import { knownOf, quoteOf } from '../quotes.ts';
import type { CauseSubject } from '../subject.ts';
import { MOST_FIXES } from './fix-prompt.ts';

const CLAIM = 240;
const TEXT = 4_000;
const MOST_EDITS = 4;

const text = z.string().catch('');
const edit = z.object({
  where: z.enum(['prompt', 'tool', 'argument']),
  tool: text,
  argument: text,
  find: text,
  text,
});
/** A lenient reading, for models that ignore the schema. */
const fix = z.object({
  claim: text,
  run: z.coerce.number().int().catch(0),
  step: z.coerce.number().int().catch(0),
  quote: text,
  layer: layerSchema.catch('unknown'),
  edits: z.array(z.unknown()).catch([]),
});
const answer = z.object({ fixes: z.array(z.unknown()).catch([]) });

/** What a model proposes, as far as it can be used; not yet whether its edits fit the files. */
export interface ProposedFix {
  readonly layer: Layer;
  readonly claim: Claim;
  readonly edits: readonly FixEdit[];
}

/**
 * A model's answer with every quote looked up and every claim checked; what does not hold is left out, and so is a change
 * that repeats an order which the text of a trace gives.
 */
export function readFixes(
  given: JsonObject,
  subject: CauseSubject,
  material: Material,
  shown: string,
): readonly ProposedFix[] {
  const { data } = answer.safeParse(given);
  const known = knownOf(subject, material, shown);
  const orders = ordersIn(subject);
  return (data?.fixes ?? []).slice(0, MOST_FIXES).flatMap((each) => {
    const read = fix.safeParse(each).data;
    const claim = read === undefined ? null : checkedText(read.claim, CLAIM, known);
    if (read === undefined || claim === null) return [];
    const edits = read.edits.slice(0, MOST_EDITS).map(editOf);
    if (edits.length === 0 || !edits.every((each) => each !== null)) return [];
    if (orders.some((order) => JSON.stringify(edits).includes(JSON.stringify(order).slice(1, -1))))
      return [];
    const quote = quoteOf(read, subject, material);
    return [
      {
        layer: read.layer,
        claim: {
          text: claim,
          state: quote === null ? ('hypothesis' as const) : ('supported' as const),
          quote,
          finding: null,
        },
        edits,
      },
    ];
  });
}

/** Sentences by which users, tools and documents of these runs tell the assistant what to do. */
const ordersIn = ({ failing, passing }: CauseSubject): readonly string[] =>
  [...failing.map(({ trace }) => trace), ...passing].flatMap(({ messages, documents }) =>
    [...messages.filter(({ role }) => role === 'user' || role === 'tool'), ...documents].flatMap(
      ({ content }) => instructionsIn(content).flatMap(sentencesOf),
    ),
  );

/** Shorter ones say nothing of their own. */
const SHORTEST = 20;

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+|\n/)
    .map((each) => each.trim())
    .filter(({ length }) => length >= SHORTEST);

/** Null for an edit that says nothing or is too long. */
function editOf(given: unknown): FixEdit | null {
  const read = edit.safeParse(given).data;
  if (read === undefined) return null;
  const written = plainLines(read.text);
  if (written.trim() === '' || written.length > TEXT || read.find.length > TEXT) return null;
  switch (read.where) {
    case 'prompt':
      return read.find === ''
        ? { kind: 'add_to_prompt', text: written.trim() }
        : { kind: 'replace_in_prompt', find: read.find, text: written };
    case 'tool':
      return read.tool === ''
        ? null
        : { kind: 'describe_tool', tool: read.tool, text: written.trim() };
    case 'argument':
      return read.tool === '' || read.argument === ''
        ? null
        : {
            kind: 'describe_argument',
            tool: read.tool,
            argument: read.argument,
            text: written.trim(),
          };
  }
}

/** Text whose only control characters are line breaks and tabs; nothing in it turns the direction of writing. */
const plainLines = (given: string): string =>
  given.replaceAll('\r\n', '\n').replaceAll(/[^\P{C}\n\t]/gu, '');
