import { type ReactNode, useMemo } from 'react';
import type { Trend, TrendCause, TrendCell } from '../../../../contract/trend.ts';
import { count, plural, twoDigits } from '../../../../text/format.ts';
import { day } from '../../../../text/moments.ts';
import { statementText } from '../../../../text/statement.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { type HeatCell, HeatTable } from '../../../parts/HeatTable.tsx';
import { Segments } from '../../../parts/Segments.tsx';
import { inkOf } from '../../model/ink.ts';
import { attributeWords } from '../../model/state-words.ts';
import { NoRates } from '../NoRates.tsx';
import { Remarks } from '../Remarks.tsx';
import { VersionScores } from './VersionScores.tsx';

type Shows = 'pass' | 'rate';

/** Causes × versions as a heat map, and every score by version. */
export function VersionsPage(props: {
  readonly trend: Trend;
  readonly shows: Shows;
  readonly onShow: (shows: Shows) => void;
}): ReactNode {
  const { trend, shows, onShow } = props;
  const { groups, causes, noRates } = trend;
  const highest = useMemo(
    () => Math.max(0, ...causes.flatMap(({ cells }) => cells.map(weightOf))),
    [causes],
  );
  return (
    <>
      <h1 tabIndex={-1} className="change-title">
        <Coded text={statementText(trend.headline)} />
      </h1>
      <p className="change-sides">
        {plural(trend.traces, 'trace')} of {count(groups.length)} {attributeWords(trend.by)}, oldest
        first
        {trend.without > 0 && (
          <span className="dim">; {plural(trend.without, 'trace')} without one left out</span>
        )}
        .
      </p>
      <NoRates reason={noRates} />
      {causes.length === 0 ? (
        <Empty title="No failures">
          <p>Nothing failed in {plural(trend.traces, 'trace')}.</p>
        </Empty>
      ) : (
        <div className="stack">
          <Card
            title="Causes by version"
            aside={
              noRates === null ? (
                <Segments
                  label="Figures"
                  chosen={shows}
                  onChoose={onShow}
                  options={[
                    { value: 'pass', text: 'traces that pass' },
                    { value: 'rate', text: 'failures per 1,000' },
                  ]}
                />
              ) : (
                'failures'
              )
            }
            flush
          >
            <HeatTable
              label="Heat map"
              corner="Cause"
              columns={groups.map(({ name, traces, firstSeen }) => ({
                key: name,
                name,
                second: `${plural(traces, 'trace')}${firstSeen === null ? '' : `, ${day(firstSeen)}`}`,
              }))}
              rows={[
                {
                  key: '',
                  head: <b>All failures</b>,
                  cells: groups.map((group) =>
                    heatOf({ ...group, passShare: passShare(group.ratePerThousand) }, null, shows),
                  ),
                },
                ...causes.map((cause) => ({
                  key: cause.id,
                  head: <Head cause={cause} />,
                  cells: cause.cells.map((cell) => heatOf(cell, highest, shows)),
                })),
              ]}
            />
            <p className="heat-key">
              <span>
                <span className="heat-scale" data-soft="" aria-hidden="true" /> no failures to most;
                below each figure its 95% interval
              </span>
            </p>
          </Card>
          <VersionScores trend={trend} />
          <Remarks remarks={trend.remarks} />
        </div>
      )}
    </>
  );
}

const passShare = (rate: number | null): number | null => (rate === null ? null : 1 - rate / 1000);

const weightOf = ({ ratePerThousand, failures }: TrendCell): number => ratePerThousand ?? failures;

function Head(props: { readonly cause: TrendCause }): ReactNode {
  const { title, failures } = props.cause;
  return (
    <>
      <Coded text={title} />
      <small>{plural(Math.round(failures), 'failure')}</small>
    </>
  );
}

/** `highest` null: without ink. */
function heatOf(cell: TrendCell, highest: number | null, shows: Shows): HeatCell | null {
  const { ratePerThousand, rateInterval, failures } = cell;
  const ink = highest === null ? 0 : inkOf(weightOf(cell), highest);
  if (ratePerThousand === null || rateInterval === null)
    return { ink, text: count(failures), title: plural(Math.round(failures), 'failure') };
  const [low, high] = rateInterval;
  const title = `${plural(Math.round(failures), 'failure')}; ${twoDigits(ratePerThousand)} per 1,000 traces (${twoDigits(low)} to ${twoDigits(high)})`;
  return shows === 'rate'
    ? {
        ink,
        title,
        text: twoDigits(ratePerThousand),
        second: `${twoDigits(low)}–${twoDigits(high)}`,
      }
    : {
        ink,
        title,
        text: passText(1 - ratePerThousand / 1000),
        second: `${passText(1 - high / 1000).slice(0, -1)}–${passText(1 - low / 1000)}`,
      };
}

/** Decimals as needed, so that shares near 100% stay apart and only a whole one is 100%. */
function passText(share: number): string {
  if (share >= 1) return '100%';
  const digits = share > 0.9995 ? 3 : share > 0.995 ? 2 : 1;
  return `${(Math.floor(10 ** (digits + 2) * share + 1e-6) / 10 ** digits).toFixed(digits)}%`;
}
