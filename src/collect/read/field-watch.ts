import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';

/** How many objects hold something in a field that their reader leaves out. */
interface FieldCount {
  /** Keys joined by dots; elements of lists are N. */
  readonly path: string;
  readonly count: number;
}

/** Which fields of the objects of one format their reader leaves out. */
export interface FieldWatch {
  note(value: JsonObject): void;
  /** Of a field whose fields are all left out, that field alone. */
  readonly unread: () => readonly FieldCount[];
}

/** Objects with the same fields that are watched: which of several spellings is read depends on their values. */
const WATCHED = 3;
/** Different sets of fields that are watched, and fields that are counted. */
const MOST = 1_000;
/** Fields of one object. */
const MOST_FIELDS = 2_000;
/** An object that reads as more than this is not looked into, only at. */
const LARGE = 1_000_000;
/** Characters that are read anew, to see what a field is for. */
const BUDGET = 64_000_000;

/**
 * @param read What a reader makes of an object, as text; '' where it makes nothing.
 */
export function fieldWatch(read: (value: JsonObject) => string): FieldWatch {
  const isRead = new Set<string>();
  const checked = new Set<string>();
  /** Fields that are kept as they are, with all that is in them. */
  const kept = new Set<string>();
  const present = new Map<string, number>();
  const watched = new Map<string, number>();
  let budget = BUDGET;

  const check = (value: JsonObject, fields: readonly Field[]): void => {
    const named = namesAsked(value, read);
    const whole = read(value);
    budget -= whole.length;
    for (const { path, depth } of fields) {
      if (depth > 1 && whole.length > LARGE) continue;
      // What was read need not be read again; what is in a field that is left out is left out.
      const parent = parentOf(path);
      if (isRead.has(path) || kept.has(path) || (parent !== '' && !isRead.has(parent))) continue;
      if (isUnder(kept, path)) continue;
      checked.add(path);
      const values = [...valuesAt(value, path)];
      if (values.every((each) => isIn(whole, each))) {
        isRead.add(path);
        if (values.some((each) => typeof each === 'object')) kept.add(path);
      } else if (named.has(path) || values.every((each) => isRepeated(whole, each)))
        isRead.add(path);
      else if (budget > 0) {
        budget -= whole.length;
        if (read(without(value, path.split(SEPARATOR)) as JsonObject) !== whole) isRead.add(path);
      } else checked.delete(path);
    }
  };

  return {
    note(value) {
      const fields = [...fieldsOf(value, kept)];
      for (const { path } of fields) {
        const count = present.get(path);
        if (count !== undefined) present.set(path, count + 1);
        else if (present.size < MOST) present.set(path, 1);
      }
      const signature = fields.map(({ path }) => path).join('\n');
      const times = watched.get(signature) ?? 0;
      if (times >= WATCHED || (times === 0 && watched.size >= MOST)) return;
      watched.set(signature, times + 1);
      try {
        check(value, fields);
      } catch {
        // A reader that fails has failed, and was counted, where the object was read for good.
      }
    },
    unread: () =>
      [...present].flatMap(([path, count]) => {
        const parent = parentOf(path);
        const isLost = checked.has(path) && !isRead.has(path);
        if (!isLost || (parent !== '' && !isRead.has(parent))) return [];
        return [{ path: path.split(SEPARATOR).map(shownKey).join('.'), count }];
      }),
  };
}

const shownKey = (key: string): string => (/^\d+$/.test(key) ? 'N' : key);

/** Between keys, which may hold dots. */
const SEPARATOR = '\u0000';
/** Any element of a list. */
const ELEMENT = 'N';

const parentOf = (path: string): string => {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf(SEPARATOR)));
  // A list is what its elements are.
  return parent.endsWith(`${SEPARATOR}${ELEMENT}`) ? parentOf(parent) : parent;
};

function isUnder(paths: ReadonlySet<string>, path: string): boolean {
  for (let at = path.lastIndexOf(SEPARATOR); at > 0; at = path.lastIndexOf(SEPARATOR, at - 1))
    if (paths.has(path.slice(0, at))) return true;
  return false;
}

interface Field {
  readonly path: string;
  readonly depth: number;
}

/** Fields that hold something, those around them first, each once; none of what is kept as it is. */
function* fieldsOf(value: JsonObject, kept: ReadonlySet<string>): Generator<Field> {
  const seen = new Set<string>();
  const waiting: { readonly value: Json | undefined; readonly path: string; depth: number }[] = [
    { value, path: '', depth: 0 },
  ];
  for (let at = 0; at < waiting.length && seen.size < MOST_FIELDS; at++) {
    const { value, path, depth } = waiting[at]!;
    if (kept.has(path)) continue;
    const isField = depth === 0 || !hasElements(value);
    const parts = isList(value)
      ? spread(value).map((each) => [ELEMENT, each] as const)
      : isRecord(value)
        ? Object.entries(value).map(([key, part]) => [isField ? key : ELEMENT, part] as const)
        : [];
    for (const [key, part] of parts) {
      if (isNothing(part)) continue;
      if (waiting.length > 4 * MOST_FIELDS) break;
      const inner = path === '' ? key : `${path}${SEPARATOR}${key}`;
      waiting.push({ value: part, path: inner, depth: depth + (isField ? 1 : 0) });
      if (!isField || seen.has(inner) || OF_THE_FORMAT.has(key)) continue;
      seen.add(inner);
      yield { path: inner, depth: depth + 1 };
    }
  }
}

/** Keys that say how to read the rest, or how it was carried, and nothing of the run. */
const OF_THE_FORMAT: ReadonlySet<string> = new Set([
  ...['type', 'object', 'index', 'kind', 'version', 'schema_version', 'SpanKind'],
  ...['droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'],
  ...['flags', 'traceFlags', 'trace_flags', 'traceState', 'trace_state', 'schemaUrl', 'schema_url'],
]);

/** At most 20 elements, from the whole length. */
const spread = (list: readonly Json[]): readonly Json[] =>
  list.length <= ELEMENTS
    ? list
    : Array.from({ length: ELEMENTS }, (_, at) => list[Math.floor((at * list.length) / ELEMENTS)]!);
const ELEMENTS = 20;

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

function* valuesAt(value: Json | undefined, path: string): Generator<Json> {
  let found: (Json | undefined)[] = [value];
  for (const key of path.split(SEPARATOR))
    found = found.flatMap((each) =>
      key === ELEMENT && hasElements(each)
        ? Object.values(each)
        : isRecord(each)
          ? [each[key]]
          : [],
    );
  for (const each of found) if (each !== undefined && !isNothing(each)) yield each;
}

/** A list, or objects by id, as ChatGPT exports the messages of a conversation: no two of these have the same keys. */
const hasElements = (value: unknown): value is readonly Json[] | JsonObject =>
  isList(value as Json) ||
  (isRecord(value) &&
    Object.keys(value).some((id) => /\d/.test(id)) &&
    Object.values(value).every((each) => isRecord(each) || each === null));

/** A copy without a field, in every element of the lists on the way. */
function without(
  value: Json | undefined,
  [key = '', ...rest]: readonly string[],
): Json | undefined {
  if (isList(value) && key === ELEMENT) return value.map((each) => without(each, rest) ?? null);
  if (key === ELEMENT && hasElements(value))
    return Object.fromEntries(Object.entries(value).map(([id, each]) => [id, without(each, rest)]));
  if (!isRecord(value)) return value;
  if (rest.length > 0) return { ...value, [key]: without(value[key], rest) };
  const { [key]: _, ...others } = value;
  return others;
}

/** Whether a text of some length, or all that an object holds, is in what was made of it. Numbers and flags are everywhere. */
function isIn(whole: string, value: Json): boolean {
  if (typeof value === 'string' && value.length < SHORT) return false;
  if (typeof value === 'number' || typeof value === 'boolean') return false;
  const text = JSON.stringify(value).slice(1, -1);
  // As it is, or as text in text.
  return whole.includes(text) || whole.includes(JSON.stringify(text).slice(1, -1));
}

/** Whether what an object says is in what was made of it, from another field; its own fields then tell what is not. */
function isRepeated(whole: string, value: Json | undefined): boolean {
  if (!isList(value) && !isRecord(value)) return false;
  let texts = 0;
  const isKept = (part: Json | undefined): boolean => {
    if (isList(part)) return part.every(isKept);
    if (isRecord(part)) return Object.values(part).every(isKept);
    if (typeof part !== 'string' || part.length < SHORT) return true;
    texts++;
    return isIn(whole, part);
  };
  return isKept(value) && texts > 0;
}

/** A text of this length is not in another by chance. */
const SHORT = 4;

/**
 * The fields that a reader asks for by name. It may go through all of them, in search of scores for example, which says nothing of
 * one.
 */
function namesAsked(value: JsonObject, read: (value: JsonObject) => string): ReadonlySet<string> {
  const named = new Set<string>();
  const watched = <T extends object>(target: T, path: string): T => {
    const isElement = path !== '' && hasElements(target);
    let inPassing: readonly string[] = [];
    return new Proxy(target, {
      ownKeys(of) {
        inPassing = Object.keys(of);
        return Reflect.ownKeys(of);
      },
      get(of, key) {
        const found: unknown = Reflect.get(of, key);
        if (typeof key !== 'string' || !Object.hasOwn(of, key)) return found;
        const inner = `${path}${path === '' ? '' : SEPARATOR}${isElement ? ELEMENT : key}`;
        const at = inPassing.indexOf(key);
        inPassing = inPassing.slice(at + 1);
        if (at < 0 && !isElement) named.add(inner);
        return typeof found === 'object' && found !== null ? watched(found, inner) : found;
      },
    });
  };
  read(watched(value, ''));
  return named;
}
