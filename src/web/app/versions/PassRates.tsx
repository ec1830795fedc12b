import type { ReactNode } from 'react';
import { count, percent, plural, threeDigits } from '../../../text/format.ts';
import { day } from '../../../text/moments.ts';
import { inkOf } from '../../change/model/ink.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { type HeatCell, HeatTable } from '../../parts/HeatTable.tsx';
import type { Versions } from './versions-queries.ts';

/** By version: the traces that pass, the means of scores, the detectors that found nothing, and the guards of suites. */
export function PassRates(props: { readonly data: Versions }): ReactNode {
  const { versions, means, detectors, suites } = props.data;
  return (
    <Card title="Pass rates by version" aside="the first to appear first; 95% intervals" flush>
      <HeatTable
        label="Pass rates"
        corner="What"
        columns={versions.map(({ value, traces, first }) => ({
          ...{ key: value, name: value },
          second: `${plural(traces, 'trace')}, ${day(Date.parse(first))}`,
        }))}
        rows={[
          {
            key: 'all',
            head: <b>Traces that pass</b>,
            cells: versions.map(({ rate, interval, eligible, failed }) =>
              eligible === 0
                ? null
                : passCell(1 - rate / 1000, [1 - interval[1] / 1000, 1 - interval[0] / 1000], {
                    title: `${count(failed)} of ${plural(eligible, 'trace')} fail`,
                  }),
            ),
          },
          ...means.map(({ name, cells }) => ({
            key: `score ${name}`,
            head: (
              <>
                <code>{name}</code>
                <small>mean of the score</small>
              </>
            ),
            cells: cells.map(({ mean, interval, traces }): HeatCell | null =>
              mean === null
                ? null
                : {
                    ...{ ink: 0, text: threeDigits(mean), title: plural(traces, 'trace') },
                    ...(interval !== null && {
                      second: `${threeDigits(interval[0])}–${threeDigits(interval[1])}`,
                    }),
                  },
            ),
          })),
          ...detectors.map(({ detector, cells }) => ({
            key: `detector ${detector}`,
            head: (
              <>
                <code>{detector}</code>
                <small>found nothing</small>
              </>
            ),
            cells: cells.map(({ passShare, interval, found, among }) =>
              passShare === null || interval === null
                ? null
                : passCell(passShare, interval, {
                    title: `found in ${count(found)} of ${plural(among, 'trace')}`,
                  }),
            ),
          })),
          ...suites.map(({ cause, title, cells }) => ({
            key: `suite ${cause}`,
            head: (
              <>
                <Coded text={title ?? cause} />
                <small>guards that pass</small>
              </>
            ),
            cells: cells.map((cell): HeatCell | null =>
              cell === null
                ? null
                : {
                    ink: inkOf(1 - cell.passed / Math.max(1, cell.cases), 1),
                    text: `${count(cell.passed)} of ${count(cell.cases)}`,
                    mark: cell.passed < cell.cases ? 'fail' : undefined,
                  },
            ),
          })),
        ]}
      />
    </Card>
  );
}

const passCell = (
  share: number,
  [low, high]: readonly [number, number],
  { title }: { readonly title: string },
): HeatCell => ({
  ...{ ink: inkOf(1 - share, 1), text: percent(share), title },
  second: `${percent(low).slice(0, -1)}–${percent(high)}`,
});
