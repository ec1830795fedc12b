import type { Pair, PairRow, PairStep } from '../../contract/report.ts';

type Difference = Pick<Pair, 'firstDifference' | 'difference'>;

/** The first row whose sides differ, and what each side does there. */
export function firstDifference(rows: readonly PairRow[]): Difference {
  const at = rows.findIndex(({ isSame }) => !isSame);
  const row = rows[at];
  if (row === undefined) return { firstDifference: null, difference: null };
  return { firstDifference: at, difference: sentence(rows, at, row) };
}

function sentence(rows: readonly PairRow[], at: number, row: PairRow): string | null {
  const { failing, passing } = row;
  if (failing !== null && passing !== null) {
    const name = nameOf(failing);
    return failing.failed
      ? `${name} fails in the failing trace and not in the passing one`
      : `${name} fails in the passing trace and not in the failing one`;
  }
  const here = doing(nextOf(rows, at, 'failing'));
  const there = doing(nextOf(rows, at, 'passing'));
  return here === there ? null : `The passing trace ${there}; the failing trace ${here}`;
}

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

const nameOf = ({ tool }: PairStep): string =>
  tool === null ? 'The step' : `\`${tool.replaceAll(/[\s`\p{Cc}]+/gu, ' ').slice(0, 80)}\``;
