import { CulpritError } from '../../contract/culprit-error.ts';
import { hexHash } from '../../text/hash.ts';
import type { Answer, Fields } from './answer.ts';
import { beginning, isRecorded, type Recorded } from './recorded.ts';
import { rendered } from './rendered.ts';

/** One page of an answer in both forms, each at most `MOST_CHARACTERS`. */
export interface Page {
  readonly text: string;
  readonly structured: Fields;
}

const MOST_CHARACTERS = 8_000;

/** Characters reserved for the note about the cut. */
const TAIL = 300;
/** A long text begins on a page that has this much room, and goes on with the next. */
const LEAST_PIECE = 400;

/**
 * The page of an answer that begins at a cursor: as many items as fit, long texts in pieces.
 * @throws CulpritError `invalid_input` for a cursor of another answer.
 */
export function pageOf({ facts, list, next }: Answer, cursor: string | undefined): Page {
  const whole = (items: readonly Fields[], cut: Fields): Page => {
    const structured: Fields = {
      ...facts,
      ...(list !== undefined && { [list.name]: items }),
      ...cut,
      next: { ...next },
    };
    return { text: rendered(structured), structured };
  };
  if (list === undefined) return whole([], { cut: null });
  const from = placeOf(cursor, list.items);
  const shown: Fields[] = [];
  const fits = (items: readonly Fields[]): boolean =>
    sizeOf(whole(items, {})) <= MOST_CHARACTERS - TAIL;
  let at = from.item;
  let offset = from.offset;
  while (at < list.items.length) {
    const item = restOf(list.items[at]!, offset);
    if (mayFit(item) && fits([...shown, item])) {
      shown.push(item);
      at += 1;
      offset = 0;
      continue;
    }
    const piece = pieceOf(item, (part) => fits([...shown, part]));
    if (piece !== null && (piece.length >= LEAST_PIECE || shown.length === 0)) {
      shown.push(piece.item);
      offset += piece.length;
    }
    break;
  }
  const left = list.items.length - at;
  if (left === 0) return whole(shown, { cut: null });
  return whole(shown, {
    cut: {
      [list.name]: left,
      of: list.items.length,
      characters: list.items
        .slice(at)
        .reduce((sum, item) => sum + JSON.stringify(item).length, -offset),
    },
    cursor: `${at}.${offset}.${markOf(list.items)}`,
  });
}

const sizeOf = ({ text, structured }: Page): number =>
  Math.max(text.length, JSON.stringify(structured).length);

/** Tells whether a cursor belongs to this list. */
const markOf = (items: readonly Fields[]): string => hexHash(JSON.stringify(items));

function placeOf(
  cursor: string | undefined,
  items: readonly Fields[],
): { readonly item: number; readonly offset: number } {
  if (cursor === undefined) return { item: 0, offset: 0 };
  const [, item, offset, mark] = /^(\d{1,9})\.(\d{1,9})\.([0-9a-f]{8})$/.exec(cursor) ?? [];
  if (mark === markOf(items)) return { item: Number(item), offset: Number(offset) };
  throw new CulpritError(
    'invalid_input',
    'the cursor is not one of this answer, or what it continues has changed: ask again without it',
  );
}

/** Where the long text of an item is: its last recorded field. */
function longText(item: Fields): { readonly name: string; readonly text: Recorded } | null {
  const found = Object.entries(item).findLast(([, value]) => isRecorded(value));
  return found === undefined ? null : { name: found[0], text: found[1] as Recorded };
}

/** Without a look at each character of a text that is too long anyway. */
const mayFit = (item: Fields): boolean =>
  (longText(item)?.text.recorded.length ?? 0) <= MOST_CHARACTERS;

function restOf(item: Fields, offset: number): Fields {
  const long = offset === 0 ? null : longText(item);
  if (long === null) return item;
  const { recorded, ...more } = long.text;
  return { ...item, from: offset, [long.name]: { recorded: recorded.slice(offset), ...more } };
}

/** As much of an item's long text as fits; null where it has none, or nothing fits. */
function pieceOf(
  item: Fields,
  fits: (part: Fields) => boolean,
): { readonly item: Fields; readonly length: number } | null {
  const long = longText(item);
  if (long === null) return null;
  const { recorded, omitted = 0 } = long.text;
  const part = (length: number): Fields => {
    const begun = beginning(recorded, length);
    const left = recorded.length - begun.length + omitted;
    return { ...item, [long.name]: { recorded: begun, ...(left > 0 && { omitted: left }) } };
  };
  let [low, high] = [0, Math.min(recorded.length, MOST_CHARACTERS)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(part(middle))) low = middle;
    else high = middle - 1;
  }
  const length = beginning(recorded, low).length;
  return length === 0 ? null : { item: part(length), length };
}
