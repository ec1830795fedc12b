import type { Json } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pointer } from '../../evidence.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { type Leaf, leavesOf, namesOf } from '../../run/leaves.ts';
import { entityOf, entityWords } from './entity.ts';

/** A place where a value stood before it was used. */
export interface Source {
  /** What kind of thing it is there; empty when that place does not say. */
  readonly entity: readonly string[];
  /** The field as people read it, `account.id` or `account_id`; null in free text. */
  readonly field: string | null;
  /** Pointer to the text it was found in. */
  readonly path: string;
  readonly spanId: string | null;
  readonly at: number;
}

/** Everywhere a value stands in what the model was shown before a call: system prompt, user, tool results, documents. */
export function sourcesOf(trace: Trace, value: string, site: CallSite): readonly Source[] {
  const sources: Source[] = [];
  if (site.path.startsWith('/spans')) addSpans(trace, value, site, sources);
  const end = site.path.startsWith('/messages') ? site.at : trace.messages.length;
  let left = MOST_TEXT;
  for (let at = end - 1; at >= 0 && left > 0; at--) {
    const message = trace.messages[at];
    if (message === undefined || message.role === 'assistant') continue;
    left -= message.content.length;
    if (!contains(message.content, value)) continue;
    const place = { path: pointer('messages', at, 'content'), spanId: message.spanId, at };
    const tool = message.role === 'tool' ? (message.name ?? toolAnswered(trace, at)) : '';
    sources.push(
      ...fieldsIn(message, message.content, value, tool).map((found) => ({ ...found, ...place })),
    );
  }
  for (const [index, document] of trace.documents.entries()) {
    if (!contains(document.content, value)) continue;
    const path = pointer('documents', index, 'content');
    sources.push({ entity: [], field: null, path, spanId: document.spanId, at: -1 });
  }
  return sources;
}

/** Characters read back from a call in search of one value, and fields kept of one text. */
const MOST_TEXT = 2_000_000;
const MOST_FIELDS = 50;

/** Whether the value stands in the text, letters of either case. */
const contains = (text: string, value: string): boolean =>
  text.includes(value) ||
  (text.length < 100_000 && text.toLowerCase().includes(value.toLowerCase()));

function addSpans(trace: Trace, value: string, site: CallSite, sources: Source[]): void {
  for (const other of callsOf(trace)) {
    if (other.at >= site.at || other.result === null || !contains(other.result.text, value))
      continue;
    const place = { path: other.result.path, spanId: other.spanId, at: other.at };
    const found = fieldsIn(other, other.result.text, value, other.call.name);
    sources.push(...found.map((field) => ({ ...field, ...place })));
  }
  if (contains(trace.input, value)) {
    sources.push({
      entity: wordBefore(trace.input, value),
      field: null,
      path: '/input',
      spanId: null,
      at: -1,
    });
  }
}

/** Name of the tool whose result stands in a message that does not name it. */
const toolAnswered = (trace: Trace, at: number): string =>
  callsOf(trace).find((site) => site.result?.at === at)?.call.name ?? '';

type Found = Pick<Source, 'entity' | 'field'>;

function fieldsIn(owner: object, text: string, value: string, tool: string): readonly Found[] {
  const leaves = leavesIn(owner, text);
  if (leaves === null) return fieldsInText(text, value);
  const root = entityWords(tool);
  const found: Found[] = [];
  for (const leaf of leaves) {
    if (found.length >= MOST_FIELDS) break;
    const names = namesOf(leaf.path);
    if (names.includes(value))
      found.push({ entity: entityOf(names.slice(0, names.indexOf(value))), field: null });
    if (leaf.value === null || typeof leaf.value === 'boolean') continue;
    const held = String(leaf.value);
    if (held === value) {
      const entity = entityOf(names);
      found.push({ entity: entity.length > 0 ? entity : root, field: shown(names, tool) });
    } else if (held.length > value.length && held.includes(value))
      found.push({ entity: [], field: null });
  }
  return found.length > 0 ? found : [{ entity: [], field: null }];
}

/** `account.id` rather than a bare `id`, else the field's own name. */
function shown(names: readonly string[], tool: string): string | null {
  const last = names.at(-1);
  if (last === undefined) return null;
  if (entityWords(last).length > 0) return last;
  const parent = names.slice(0, -1).findLast((name) => entityWords(name).length > 0) ?? tool;
  return parent === '' ? last : `${parent}.${last}`;
}

const known = new WeakMap<object, readonly Leaf[] | null>();

/** The scalars of a JSON text, read once for all values looked for in it; null when it is no JSON. */
function leavesIn(owner: object, text: string): readonly Leaf[] | null {
  const cached = known.get(owner);
  if (cached !== undefined) return cached;
  const parsed = parse(text);
  const leaves = parsed === undefined ? null : leavesOf(parsed);
  known.set(owner, leaves);
  return leaves;
}

function parse(text: string): Json | undefined {
  if (!/^\s{0,20}[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** YAML, tables of `key: value`, Python dictionaries; else the word that stands before the value. */
function fieldsInText(text: string, value: string): readonly Found[] {
  const found: Found[] = [];
  for (
    let at = text.indexOf(value);
    at !== -1 && found.length < 20;
    at = text.indexOf(value, at + 1)
  ) {
    const before = text.slice(Math.max(0, at - 60), at);
    const key = KEY.exec(before)?.[1];
    const entity =
      key === undefined ? wordBefore(text.slice(0, at + value.length), value) : entityWords(key);
    found.push({ entity, field: key ?? null });
  }
  return found.length > 0 ? found : [{ entity: [], field: null }];
}

/** A key at the beginning of a line or of a member; a colon in a sentence makes no key. */
const KEY =
  /(?:^|[\n{,|;[(]|\n\s{0,20}-)\s{0,20}["']?([A-Za-z_][\w.-]{0,40})["']?\s{0,3}[:=]\s{0,3}["']?$/;
const NOUN =
  /([A-Za-z_]{3,30})(?:['’]s)?\s(?:id|number|no\.?|code|ref(?:erence)?|#)\s?(?:is|:|=)?\s?["'(#]{0,2}$/i;

/** "my order number is X" says that X is an order; "my order X" may be loose talk. */
function wordBefore(text: string, value: string): readonly string[] {
  const at = text.lastIndexOf(value);
  const match = at === -1 ? null : NOUN.exec(text.slice(Math.max(0, at - 60), at));
  const noun = match?.[1];
  return noun === undefined ? [] : entityWords(noun);
}
