import { parseJson } from '../../../text/json.ts';
import { pointer } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { type Leaf, leavesOf, namesOf } from '../../run/leaves.ts';
import type { Run } from '../../run/run.ts';
import { entityOf, entityWords } from './entity.ts';

/** A place where a value occurred before it was used. */
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

/** Where values stood in what the model was shown before a call: system prompt, user, tool results, documents. */
export class Provenance {
  readonly #run: Run;
  readonly #texts = new Map<string, ShownText>();
  readonly #messages: ShownText[] = [];
  #toolAnswered: ReadonlyMap<number, string> | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Every place where a value occurs before a call, the latest first. */
  sourcesOf(value: string, site: CallSite): readonly Source[] {
    const { messages, documents } = this.#run;
    const sources = site.path.startsWith('/spans') ? this.#inSpans(value, site) : [];
    const end = site.path.startsWith('/messages') ? site.at : messages.length;
    let left = MOST_TEXT;
    for (let at = end - 1; at >= 0 && left > 0; at--) {
      const message = messages[at];
      if (message === undefined || message.role === 'assistant') continue;
      left -= message.content.length;
      const shown = this.#messages[at] ?? new ShownText(message.content);
      this.#messages[at] = shown;
      if (!shown.contains(value)) continue;
      const path = pointer('messages', at, 'content');
      const tool = message.role === 'tool' ? (message.name ?? this.#toolAnsweredAt(at)) : '';
      sources.push(
        ...fieldsIn(shown, value, tool).map((found) => ({
          ...found,
          path,
          spanId: message.spanId,
          at,
        })),
      );
    }
    for (const [index, document] of documents.entries()) {
      const path = pointer('documents', index, 'content');
      if (!this.#textAt(path, document.content).contains(value)) continue;
      sources.push({ entity: [], field: null, path, spanId: document.spanId, at: -1 });
    }
    return sources;
  }

  #inSpans(value: string, site: CallSite): Source[] {
    const { input, calls } = this.#run;
    const sources: Source[] = [];
    for (const { at, call, result, spanId } of calls) {
      if (at >= site.at || result === null) continue;
      const shown = this.#textAt(result.path, result.text);
      if (!shown.contains(value)) continue;
      const place = { path: result.path, spanId, at };
      for (const found of fieldsIn(shown, value, call.name)) sources.push({ ...found, ...place });
    }
    if (this.#textAt('/input', input).contains(value)) {
      const entity = wordBefore(input, value);
      sources.push({ entity, field: null, path: '/input', spanId: null, at: -1 });
    }
    return sources;
  }

  #textAt(path: string, text: string): ShownText {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const shown = new ShownText(text);
    this.#texts.set(path, shown);
    return shown;
  }

  /** Name of the tool whose result is a message that does not name it. */
  #toolAnsweredAt(at: number): string {
    this.#toolAnswered ??= new Map(
      this.#run.calls
        .toReversed()
        .flatMap(({ call, result }) => (result === null ? [] : [[result.at, call.name]])),
    );
    return this.#toolAnswered.get(at) ?? '';
  }
}

/** Characters read back from a call in search of one value, and fields kept of one text. */
const MOST_TEXT = 2_000_000;
const MOST_FIELDS = 50;

/** A text and its forms, each made once for all values looked for in it. */
class ShownText {
  readonly text: string;
  #lower: string | undefined;
  #leaves: readonly Leaf[] | null | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether the value occurs in the text, in upper or lower case. */
  contains(value: string): boolean {
    if (this.text.includes(value)) return true;
    if (this.text.length >= 100_000) return false;
    this.#lower ??= this.text.toLowerCase();
    return this.#lower.includes(value.toLowerCase());
  }

  /** The scalars of a JSON text; null when it is not JSON. */
  get leaves(): readonly Leaf[] | null {
    if (this.#leaves === undefined) {
      const parsed = /^\s{0,20}[[{]/.test(this.text) ? parseJson(this.text) : undefined;
      this.#leaves = parsed === undefined ? null : leavesOf(parsed);
    }
    return this.#leaves;
  }
}

type Found = Pick<Source, 'entity' | 'field'>;

function fieldsIn({ text, leaves }: ShownText, value: string, tool: string): readonly Found[] {
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

/** YAML, tables of `key: value`, Python dictionaries; else the word before the value. */
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
