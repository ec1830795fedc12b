import type { Slot, Statement } from '../../contract/signal.ts';
import { largest, smallest } from '../../numeric/statistics/extremes.ts';
import { count } from '../../text/format.ts';
import { slotText } from '../../text/statement.ts';
import { mostFrequent } from '../most-frequent.ts';

/** Maximum names to list; more are counted. */
const LISTED = 3;

/** A slot, the words before it that depend on how many values it has, and what joins it to the next clause. */
const SLOT = /(?:\b(the|its) ((?:[a-z]{1,20} )?))?\{(\d{1,2})\}(, which\b)?/g;

/**
 * Makes one sentence from the most common template of the statements, if at least `needed` have it; null
 * otherwise. Each slot takes a vote: a value that all of these statements share stays; other numbers become
 * a range; up to three names are listed, most common first; more are said by their kind and counted at the end.
 */
export function slotVote(statements: readonly Statement[], needed: number): string | null {
  const form = mostFrequent(statements.map(({ template }) => template));
  if (form === null || form.count < needed) return null;
  const voters = statements.filter(({ template }) => template === form.value);
  const counted = new Map<string, Set<string>>();
  const text = form.value.replace(
    SLOT,
    (whole: string, article = '', adjective = '', index: string, joint = '') => {
      const slots = voters.flatMap(({ slots }) => slots[Number(index)] ?? []);
      if (slots.length === 0) return whole;
      const names = namesOf(slots);
      const noun = names.length > LISTED ? nounFor(slots) : null;
      if (noun === null)
        return `${article === '' ? '' : `${article} ${adjective}`}${elected(slots, names)}${joint}`;
      const before = counted.get(noun);
      counted.set(noun, new Set([...(before ?? []), ...names]));
      const kind = `${adjective}${noun}`;
      const said =
        article === 'its' ? `its ${kind}` : before ? `another ${kind}` : withArticle(kind);
      return `${said}${joint === '' ? '' : ' that'}`;
    },
  );
  const counts = [...counted].map(([noun, { size }]) => `${count(size)} ${noun}s`);
  const sentence = form.value.startsWith('{') ? upperFirst(text) : text;
  return counts.length === 0 ? sentence : `${sentence} (${counts.join(', ')})`;
}

/** The different values, most common first. */
const namesOf = (slots: readonly Slot[]): readonly string[] =>
  [...Map.groupBy(slots, slotText)]
    .sort(([a, { length: as }], [b, { length: bs }]) => bs - as || (a < b ? -1 : 1))
    .map(([name]) => name);

function elected(slots: readonly Slot[], names: readonly string[]): string {
  if (names.length === 1) return names[0]!;
  const numbers = slots.map(({ kind, value }) => (kind === 'number' ? Number(value) : Number.NaN));
  if (numbers.every(Number.isFinite)) return `${smallest(numbers)}–${largest(numbers)}`;
  if (names.length <= LISTED) return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  return `${names.slice(0, LISTED - 1).join(', ')} or ${names.length - LISTED + 1} others`;
}

/** The noun for slots of one kind; null if there is no such noun. */
function nounFor(slots: readonly Slot[]): string | null {
  if (slots.every(({ kind }) => kind === 'field')) return 'field';
  if (slots.every(({ kind }) => kind === 'tool')) return 'tool';
  return slots.every(({ kind }) => kind === 'tool' || kind === 'chain') ? 'tool sequence' : null;
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
