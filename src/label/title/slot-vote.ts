import type { Slot, Statement } from '../../contract/signal.ts';
import { slotText } from '../../text/statement.ts';
import { mostFrequent, mostFrequentBy } from '../most-frequent.ts';

/** Maximum names to list; more are counted. */
const LISTED = 3;

/**
 * Makes one sentence from the most common template of the statements, if at least `needed` have it; null
 * otherwise. Each slot takes a vote: a value that all of these statements share stays; other numbers become
 * a range; up to three names are listed, most common first; more are counted.
 */
export function slotVote(statements: readonly Statement[], needed: number): string | null {
  const form = mostFrequent(statements.map(({ template }) => template));
  if (form === null || form.count < needed) return null;
  const voters = statements.filter(({ template }) => template === form.value);
  const text = form.value.replace(/\{(\d{1,2})\}/g, (placeholder, index: string) => {
    const slots = voters.flatMap(({ slots }) => slots[Number(index)] ?? []);
    return slots.length === 0 ? placeholder : elected(slots);
  });
  return form.value.startsWith('{') ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

function elected(slots: readonly Slot[]): string {
  const common = mostFrequentBy(slots, slotText);
  if (common !== null && common.count === slots.length) return slotText(common.value);
  const numbers = slots.map(({ kind, value }) => (kind === 'number' ? Number(value) : Number.NaN));
  if (numbers.every(Number.isFinite)) return `${Math.min(...numbers)}–${Math.max(...numbers)}`;

  const names = [...Map.groupBy(slots, slotText)]
    .sort(([a, { length: as }], [b, { length: bs }]) => bs - as || (a < b ? -1 : 1))
    .map(([name]) => name);
  if (names.length <= LISTED) return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  const noun = nounFor(slots);
  return noun === null
    ? `${names.slice(0, LISTED - 1).join(', ')} or ${names.length - LISTED + 1} others`
    : `one of ${names.length} ${noun}`;
}

/** The plural noun for slots of one kind; null if there is no such noun. */
function nounFor(slots: readonly Slot[]): string | null {
  if (slots.every(({ kind }) => kind === 'field')) return 'fields';
  if (slots.every(({ kind }) => kind === 'tool')) return 'tools';
  return slots.every(({ kind }) => kind === 'tool' || kind === 'chain') ? 'tool sequences' : null;
}
