import { CulpritError } from '../contract/culprit-error.ts';
import { plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import type { Loss } from '../verify/verify.ts';
import { writeMessage } from './output.ts';
import { style } from './style.ts';

const SHOWN_CASES = 3;

/** What was lost: one line for each kind, with its check and its cases. */
export function lossLines(losses: readonly Loss[]): string[] {
  const kinds = Map.groupBy(losses, ({ check, what }) => `${check ?? ''}\n${what}`);
  return [...kinds.values()].map((same) => {
    const { check, what } = same[0]!;
    const cases = same.flatMap((loss) => (loss.case === null ? [] : [loss.case]));
    const more = cases.length > SHOWN_CASES ? ` and ${cases.length - SHOWN_CASES} more` : '';
    const where = cases.length === 0 ? '' : ` (${cases.slice(0, SHOWN_CASES).join(', ')}${more})`;
    return style(
      'yellow',
      `lost    ${plain(`${check === null ? '' : `${check}: `}${what}${where}`)}`,
    );
  });
}

/** Refuses a lossy conversion: names everything, then throws `invalid_option`. */
export function refuseLosses(losses: readonly Loss[], what: string): void {
  if (losses.length === 0) return;
  for (const line of lossLines(losses)) writeMessage(line);
  throw new CulpritError(
    'invalid_option',
    `--strict: ${what} would lose ${plural(losses.length, 'thing')}, named above. Nothing was written; leave out --strict to convert the rest`,
  );
}
