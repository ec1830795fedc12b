import type { ReactNode } from 'react';
import type { CauseChange, Diff } from '../../../../contract/diff.ts';
import { twoDigits } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { scaleTo } from '../../model/scale.ts';

const WIDTH = 332;
const HEIGHT = 250;
const TOP = 14;
const BOTTOM = 24;
const [LEFT, RIGHT] = [44, 150];
const LINE = 13;
/** Causes that have a label; the lines of others are pale. */
const LABELED = 12;
const LABEL_LENGTH = 25;

/** Rates of causes as lines from before to after: changed ones in color, each with its label. The table has the figures. */
export function SlopeChart(props: {
  readonly diff: Diff;
  readonly causes: readonly CauseChange[];
}): ReactNode {
  const { diff, causes } = props;
  const drawn = causes.filter(
    ({ before, after }) => before.ratePerThousand !== null && after.ratePerThousand !== null,
  );
  if (drawn.length === 0) return null;
  const labeled = labeledOf(drawn);
  const { end } = scaleTo(
    Math.max(...drawn.flatMap((cause) => [rateOf(cause, 'before'), rateOf(cause, 'after')])),
  );
  const y = (rate: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - rate / end);
  const rights = spread(labeled.map((cause) => y(rateOf(cause, 'after'))));
  const lefts = spread(labeled.map((cause) => y(rateOf(cause, 'before'))));
  return (
    <Card title="Rates, before and after" aside="per 1,000 traces">
      <svg
        className="slopes"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Failures per 1,000 traces of ${drawn.length} causes, ${diff.before.name} and ${diff.after.name}; the table has the same figures`}
      >
        <line className="chart-grid" x1={LEFT} x2={LEFT} y1={TOP} y2={HEIGHT - BOTTOM} />
        <line className="chart-grid" x1={RIGHT} x2={RIGHT} y1={TOP} y2={HEIGHT - BOTTOM} />
        <line className="chart-axis" x1={LEFT} x2={RIGHT} y1={y(0)} y2={y(0)} />
        {[...drawn.filter((cause) => !labeled.includes(cause)), ...labeled].map((cause) => (
          <line
            key={cause.id}
            className="slope"
            data-state={cause.isMix ? 'same' : cause.state}
            data-pale={!labeled.includes(cause) || undefined}
            x1={LEFT}
            x2={RIGHT}
            y1={y(rateOf(cause, 'before'))}
            y2={y(rateOf(cause, 'after'))}
          />
        ))}
        {labeled.map((cause, at) => (
          <g key={cause.id} className="slope-label" data-state={cause.isMix ? 'same' : cause.state}>
            <circle className="slope-before" cx={LEFT} cy={y(rateOf(cause, 'before'))} r="3.500" />
            <circle className="slope-after" cx={RIGHT} cy={y(rateOf(cause, 'after'))} r="3.500" />
            <text x={LEFT - 8} y={(lefts[at] ?? 0) + 4} textAnchor="end">
              {twoDigits(rateOf(cause, 'before'))}
            </text>
            <text x={RIGHT + 8} y={(rights[at] ?? 0) + 4}>
              {twoDigits(rateOf(cause, 'after'))} {shortTitle(cause.title)}
            </text>
          </g>
        ))}
        <text className="chart-text" x={LEFT} y={HEIGHT - 6} textAnchor="middle">
          {cut(diff.before.name, 14)}
        </text>
        <text className="chart-text" x={RIGHT} y={HEIGHT - 6} textAnchor="middle">
          {cut(diff.after.name, 18)}
        </text>
      </svg>
      {drawn.length > labeled.length && (
        <p className="dim small">
          {labeled.length} of {drawn.length} causes have a label: what changed, then what is most
          frequent.
        </p>
      )}
    </Card>
  );
}

const rateOf = (cause: CauseChange, side: 'before' | 'after'): number =>
  cause[side].ratePerThousand ?? 0;

/** What changed, then what is most frequent. */
function labeledOf(causes: readonly CauseChange[]): readonly CauseChange[] {
  const isChanged = ({ state, isMix }: CauseChange): boolean =>
    !isMix && state !== 'same' && state !== 'cannot tell';
  const high = (cause: CauseChange): number =>
    Math.max(rateOf(cause, 'before'), rateOf(cause, 'after'));
  return causes
    .toSorted((a, b) => Number(isChanged(b)) - Number(isChanged(a)) || high(b) - high(a))
    .slice(0, LABELED);
}

/** Places at least one line apart, inside the chart, in the same order. */
function spread(places: readonly number[]): readonly number[] {
  const order = places.map((_, at) => at).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const out = [...places];
  let last = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    last = Math.max(out[at] ?? 0, last + LINE);
    out[at] = last;
  }
  let limit = HEIGHT - BOTTOM;
  for (const at of order.toReversed()) {
    out[at] = Math.min(out[at] ?? 0, limit);
    limit = (out[at] ?? 0) - LINE;
  }
  return out;
}

const shortTitle = (title: string): string => cut(title.replaceAll('`', ''), LABEL_LENGTH);

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
