import type { Analysis } from '../contract/analysis.ts';
import type { Claim, Narrative } from '../contract/narrative.ts';
import { plain } from '../text/printable.ts';
import { style } from './style.ts';
import { wrapHanging } from './wrap.ts';

/** What the label model says of the causes, each sentence with what stands behind it; nothing without such a model. */
export function narrativeLines({ clusters, narrating }: Analysis, width: number): string[] {
  if (narrating === undefined) return [];
  const told = clusters.filter(({ narrative }) => narrative !== undefined);
  const { model, asked, answered, problem } = narrating;
  return [
    style('bold', `What ${plain(model)} proposes`),
    ...told.flatMap(({ rank, narrative }) => [
      '',
      ...linesOf(rank === null ? '–' : String(rank), narrative!, width),
    ]),
    ...(problem === null
      ? []
      : [
          '',
          style(
            'yellow',
            wrapHanging(
              `${asked - answered} of ${asked} without an answer: ${plain(problem)}`,
              width,
              '',
            ),
          ),
        ]),
    '',
  ];
}

function linesOf(
  rank: string,
  { title, category, layer, claims }: Narrative,
  width: number,
): string[] {
  const place = [category, layer === 'unknown' ? null : `fix in ${layer}`]
    .filter((each) => each !== null)
    .join(', ');
  const head = title === null ? place : `${plain(title)}${place === '' ? '' : ` (${place})`}`;
  return [
    `${rank.padStart(3)}  ${wrapHanging(head, width, INDENT)}`,
    ...claims.flatMap((claim) => claimLines(claim, width)),
  ];
}

const INDENT = ' '.repeat(5);

const COLORS = { confirmed: 'green', supported: 'cyan', hypothesis: 'dim' } as const;

function claimLines({ text, state, quote, finding }: Claim, width: number): string[] {
  const inside = ' '.repeat(INDENT.length + 12);
  const row = (line: string): string => `${inside}${wrapHanging(line, width, inside)}`;
  return [
    `${INDENT}${style(COLORS[state], state.padEnd(12))}${wrapHanging(plain(text), width, inside)}`,
    ...(quote === null
      ? []
      : [row(style('dim', `“${plain(quote.quote)}” (${plain(quote.traceId)})`))]),
    ...(finding === null ? [] : [row(style('dim', `code found: ${plain(finding)}`))]),
  ];
}
