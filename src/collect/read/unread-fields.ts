import type { JsonObject } from '../../contract/json.ts';
import { TENANT_KEYS } from '../dialect/attribute-key.ts';
import { attributeRule } from '../dialect/attribute-rule.ts';
import { spanScores } from '../dialect/evaluation.ts';
import { readSpan } from '../dialect/read-span.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { storedLine } from '../shape/stored.ts';
import type { RecognizedShape } from './sniff.ts';

/** What readers make nothing of, found by watching them at their work. */
export interface UnreadFields {
  /** An object that a shape was recognized in. */
  object(value: JsonObject, shape: RecognizedShape): void;
  span(span: RawSpan): void;
  /** Fields of objects without which the same would have been read: nothing of them is kept. Most frequent first. */
  readonly fields: () => readonly UnreadField[];
  /** Attributes of spans, which are kept but mean nothing to any reader. Indices are written as N. */
  readonly attributes: () => readonly UnreadField[];
}

interface UnreadField {
  /** Of the object: `langfuse-observation`; `span` for attributes. */
  readonly format: string;
  readonly field: string;
  /** Objects that hold something in it. */
  readonly count: number;
}

export function unreadFields(): UnreadFields {
  const shapes = new Map<string, Watch>();
  const attributes = watch(20);
  return {
    object(value, shape) {
      let known = shapes.get(shape.format);
      if (known === undefined) {
        known = watch(3);
        shapes.set(shape.format, known);
      }
      known.note(value, (isRead) => readOf(value, shape, isRead));
    },
    span: (span) => attributes.note(span.attributes, () => askedFor(span)),
    fields: () => sorted([...shapes].flatMap(([format, known]) => known.unread(format))),
    attributes: () => sorted(attributes.unread('span')),
  };
}

interface Watch {
  /** @param read Gives the keys that were read of the value; those already known to be read may be left out. */
  note(value: JsonObject, read: (isRead: (key: string) => boolean) => Iterable<string>): void;
  unread(format: string): readonly UnreadField[];
}

const MOST_KEYS = 1_000;

/** @param most Objects with the same keys that are watched: which of several spellings is read depends on their values. */
function watch(most: number): Watch {
  const wasRead = new Set<string>();
  const present = new Map<string, number>();
  const watched = new Map<string, number>();
  return {
    note(value, read) {
      for (const key in value) {
        if (isNothing(value[key])) continue;
        const count = present.get(key);
        if (count !== undefined) present.set(key, count + 1);
        else if (present.size < MOST_KEYS) present.set(key, 1);
      }
      const keys = Object.keys(value).join('\n');
      const times = watched.get(keys) ?? 0;
      if (times >= most || (times === 0 && watched.size >= MOST_KEYS)) return;
      watched.set(keys, times + 1);
      try {
        for (const key of read((each) => wasRead.has(each))) wasRead.add(key);
      } catch {
        // A reader that fails has failed, and was counted, where the object was read for good.
      }
    },
    unread(format) {
      const counts = new Map<string, number>();
      for (const [key, count] of present) {
        if (wasRead.has(key)) continue;
        const field = key.replace(/(?<=^|\.)\d+(?=\.|$)/g, 'N').slice(0, SHOWN);
        counts.set(field, (counts.get(field) ?? 0) + count);
      }
      return Array.from(counts, ([field, count]) => ({ format, field, count }));
    },
  };
}

const SHOWN = 200;

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * The keys that a reader asks for by name, and those without which it reads something else: it may go through all of them, in search of
 * scores for example.
 */
function* readOf(
  value: JsonObject,
  shape: RecognizedShape,
  isRead: (key: string) => boolean,
): Generator<string> {
  const named = new Set<string>();
  let inPassing: readonly string[] = [];
  const watched = new Proxy(value, {
    ownKeys(target) {
      inPassing = Object.keys(target);
      return Reflect.ownKeys(target);
    },
    get(target, key) {
      const at = inPassing.indexOf(String(key));
      inPassing = inPassing.slice(at + 1);
      if (at < 0) named.add(String(key));
      return target[key as string];
    },
  });
  textOf(watched, shape);
  yield* named;
  const whole = textOf(value, shape);
  for (const key in value) {
    if (isNothing(value[key]) || named.has(key) || isRead(key)) continue;
    const { [key]: _, ...rest } = value;
    if (textOf(rest, shape) !== whole) yield key;
  }
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
