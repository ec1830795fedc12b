import type { Pair, PairRow, PairStep } from '../contract/report.ts';

type Difference = Pick<Pair, 'firstDifference' | 'difference'>;

/** How sentences call the two sides. */
export interface SideNames {
  readonly failing: string;
  readonly passing: string;
}

const NAMES: SideNames = { failing: 'the failing trace', passing: 'the passing trace' };

/** The first row whose sides differ, and what each side does there. */
export function firstDifference(rows: readonly PairRow[], names: SideNames = NAMES): Difference {
  const at = rows.findIndex(({ isSame }) => !isSame);
  const row = rows[at];
  if (row === undefined) return { firstDifference: null, difference: null };
  return { firstDifference: at, difference: sentence(rows, at, row, names) };
}

/**
 * As `firstDifference`, for two answers to one request: a call with other arguments differs, too, and where all steps are
 * the same, the first other text.
 */
export function firstDivergence(rows: readonly PairRow[], names: SideNames): Difference {
  const { firstDifference: step, difference } = firstDifference(rows, names);
  const call = rows.findIndex(
    ({ failing, passing }) =>
      failing?.kind === 'tool' && passing !== null && failing.text !== passing.text,
  );
  if (call >= 0 && (step === null || call < step))
    return { firstDifference: call, difference: otherArguments(rows[call]!, names) };
  if (step !== null) return { firstDifference: step, difference };
  const text = rows.findIndex(
    ({ failing, passing }) =>
      failing?.text !== passing?.text || failing?.result !== passing?.result,
  );
  if (text < 0) return { firstDifference: null, difference: null };
  const { passing } = rows[text]!;
  const what =
    passing?.kind === 'tool'
      ? `${nameOf(passing)} gives another result`
      : `${startOf(names.passing)} says it in other words`;
  return { firstDifference: text, difference: what };
}

function otherArguments({ failing, passing }: PairRow, { passing: side }: SideNames): string {
  const [before, after] = [argumentsOf(failing), argumentsOf(passing)];
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter(
    (field) => before.get(field) !== after.get(field),
  );
  const named = fields.slice(0, 3).map((field) => `\`${clean(field)}\``);
  const what = named.length === 0 ? 'other arguments' : `another value in ${named.join(', ')}`;
  return `${startOf(side)} calls ${nameOf(passing!)} with ${what}`;
}

/** The values of a call by field; none where they are not an object, or were cut. */
function argumentsOf(step: PairStep | null): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(step?.text ?? '');
    return typeof value !== 'object' || value === null
      ? new Map()
      : new Map(Object.entries(value).map(([field, each]) => [field, JSON.stringify(each)]));
  } catch {
    return new Map();
  }
}

function sentence(
  rows: readonly PairRow[],
  at: number,
  row: PairRow,
  names: SideNames,
): string | null {
  const { failing, passing } = row;
  if (failing !== null && passing !== null) {
    const [fails, works] = failing.failed
      ? [names.failing, names.passing]
      : [names.passing, names.failing];
    return `${nameOf(failing)} fails in ${fails} and not in ${works.replace(/ trace$/, ' one')}`;
  }
  const here = doing(nextOf(rows, at, 'failing'));
  const there = doing(nextOf(rows, at, 'passing'));
  return here === there ? null : `${startOf(names.passing)} ${there}; ${names.failing} ${here}`;
}

/** Names of versions keep their case. */
const startOf = (name: string): string => name.replace(/^t(he|his) /, 'T$1 ');

const nextOf = (
  rows: readonly PairRow[],
  at: number,
  side: 'failing' | 'passing',
): PairStep | null => rows.slice(at).find((row) => row[side] !== null)?.[side] ?? null;

function doing(step: PairStep | null): string {
  if (step === null) return 'ends';
  switch (step.kind) {
    case 'tool':
      return step.tool === null ? 'gets a result' : `calls ${nameOf(step)}`;
    case 'assistant':
      return 'answers';
    case 'user':
      return 'goes on with another message of the user';
    case 'system':
      return 'goes on with instructions';
  }
}

const nameOf = ({ tool }: PairStep): string => (tool === null ? 'The step' : `\`${clean(tool)}\``);

const clean = (name: string): string => name.replaceAll(/[\s`\p{Cc}]+/gu, ' ').slice(0, 80);
