import type { JsonObject } from '../../contract/json.ts';
import { TENANT_KEYS } from '../dialect/attribute-key.ts';
import { attributeRule } from '../dialect/attribute-rule.ts';
import { spanScores } from '../dialect/evaluation.ts';
import { readSpan } from '../dialect/read-span.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { storedLine } from '../shape/stored.ts';
import { type FieldWatch, fieldWatch } from './field-watch.ts';
import type { RecognizedShape } from './sniff.ts';

/** What readers make nothing of, found by watching them at their work. */
export interface UnreadFields {
  /** An object that a shape was recognized in. */
  object(value: JsonObject, shape: RecognizedShape): void;
  span(span: RawSpan): void;
  /** Fields of objects, at any depth, without which the same would have been read: nothing of them is kept. Most frequent first. */
  readonly fields: () => readonly UnreadField[];
  /** Attributes of spans, which are kept but mean nothing to any reader. Indices are written as N. */
  readonly attributes: () => readonly UnreadField[];
}

interface UnreadField {
  /** Of the object: `langfuse-observation`; `span` for attributes. */
  readonly format: string;
  /** Keys joined by dots; elements of lists are N. */
  readonly field: string;
  /** Objects that hold something in it. */
  readonly count: number;
}

export function unreadFields(): UnreadFields {
  const shapes = new Map<string, FieldWatch>();
  const attributes = attributeWatch();
  return {
    object(value, shape) {
      let known = shapes.get(shape.format);
      if (known === undefined) {
        known = fieldWatch((each) => textOf(each, shape));
        shapes.set(shape.format, known);
      }
      known.note(value);
    },
    span: attributes.note,
    fields: () =>
      sorted(
        [...shapes].flatMap(([format, known]) =>
          known.unread().map(({ path, count }) => ({ format, field: path.slice(0, SHOWN), count })),
        ),
      ),
    attributes: () => sorted(attributes.unread()),
  };
}

const SHOWN = 200;
const MOST_KEYS = 1_000;
/** Spans with the same attributes that are watched: which of several spellings is read depends on their values. */
const WATCHED = 20;

/** Which attributes of spans mean nothing to a reader. */
function attributeWatch() {
  const wasRead = new Set<string>();
  const present = new Map<string, number>();
  const watched = new Map<string, number>();
  return {
    note(span: RawSpan): void {
      const { attributes } = span;
      for (const key in attributes) {
        if (attributes[key] === null || attributes[key] === '') continue;
        const count = present.get(key);
        if (count !== undefined) present.set(key, count + 1);
        else if (present.size < MOST_KEYS) present.set(key, 1);
      }
      const keys = Object.keys(attributes).join('\n');
      const times = watched.get(keys) ?? 0;
      if (times >= WATCHED || (times === 0 && watched.size >= MOST_KEYS)) return;
      watched.set(keys, times + 1);
      try {
        for (const key of askedFor(span)) wasRead.add(key);
      } catch {
        // A reader that fails has failed, and was counted, where the span was read for good.
      }
    },
    unread(): readonly UnreadField[] {
      const counts = new Map<string, number>();
      for (const [key, count] of present) {
        if (wasRead.has(key)) continue;
        const field = key.replace(/(?<=^|\.)\d+(?=\.|$)/g, 'N').slice(0, SHOWN);
        counts.set(field, (counts.get(field) ?? 0) + count);
      }
      return Array.from(counts, ([field, count]) => ({ format: 'span', field, count }));
    },
  };
}

/** What a reader makes of an object, as text; '' where it makes nothing. */
function textOf(value: JsonObject, shape: RecognizedShape): string {
  const made: unknown[] = [];
  const keep = (records: readonly RawRecord[]): void => {
    for (const record of records) made.push(storedLine(record));
  };
  try {
    const records = shape.read(value, {
      onProblem: (code) => made.push(code),
      hold: (key, part, read) => {
        made.push(key);
        keep(read(part));
      },
      gather: (key, part, read) => {
        made.push(key);
        keep(read([part]));
      },
      file: '',
    });
    keep(records);
  } catch {
    return '';
  }
  return JSON.stringify(made);
}

/** The attributes that reading a span asks for, and those that have a meaning in its trace. */
function askedFor(span: RawSpan): ReadonlySet<string> {
  const asked = new Set<string>();
  const attributes = new Proxy(span.attributes, {
    get(target, key) {
      if (typeof key === 'string') asked.add(key);
      return target[key as string];
    },
  });
  const reading = readSpan({ ...span, attributes });
  spanScores({ ...span, attributes }, reading.attributes, reading.span.kind);
  for (const key in span.attributes)
    if (attributeRule(key) !== null || TENANTS.has(key)) asked.add(key);
  return asked;
}

const TENANTS: ReadonlySet<string> = new Set(TENANT_KEYS);

const sorted = (fields: readonly UnreadField[]): readonly UnreadField[] =>
  fields.toSorted(
    (a, b) => b.count - a.count || (`${a.format} ${a.field}` < `${b.format} ${b.field}` ? -1 : 1),
  );
