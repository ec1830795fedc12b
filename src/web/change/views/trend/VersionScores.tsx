import type { ReactNode } from 'react';
import type { Trend, TrendScore } from '../../../../contract/trend.ts';
import { count, threeDigits } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { TimeChart, type TimePoint } from './TimeChart.tsx';
import { rangeOf } from './TimeScores.tsx';

/** Every score by version with its interval, and its rolling mean over time. */
export function VersionScores(props: { readonly trend: Trend }): ReactNode {
  const { groups, scores, rolling } = props.trend;
  if (scores.length === 0) return null;
  return (
    <Card title="Scores by version" aside="means, 95% intervals" flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section className="scroll-x" aria-label="Table of scores" tabIndex={0}>
        <table className="scores">
          <thead>
            <tr>
              <th scope="col">Score</th>
              {groups.map(({ name }) => (
                <th key={name} scope="col" className="num">
                  {name}
                </th>
              ))}
              {rolling !== null && <th scope="col">Rolling mean of {rolling}</th>}
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <tr key={score.name}>
                <th scope="row">
                  <code>{score.name}</code>
                  {score.good !== null && <span className="second">{score.good} is good</span>}
                </th>
                {score.cells.map(({ traces, mean, interval }, at) => (
                  <td key={groups[at]?.name ?? at} className="num">
                    {mean === null ? (
                      <span className="dim">–</span>
                    ) : (
                      <>
                        <span className="value">{threeDigits(mean)}</span>
                        <span className="second">
                          {interval !== null &&
                            `${threeDigits(interval[0])}–${threeDigits(interval[1])}, `}
                          {count(traces)}
                        </span>
                      </>
                    )}
                  </td>
                ))}
                {rolling !== null && (
                  <td className="cell-rolling">
                    <Rolling score={score} trend={props.trend} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function Rolling(props: { readonly score: TrendScore; readonly trend: Trend }): ReactNode {
  const { score, trend } = props;
  const first = score.rolling.at(0);
  const last = score.rolling.at(-1);
  if (first === undefined || last === undefined || score.rolling.length < 2) return null;
  const place = (time: number): number => (time - first.start) / (last.start - first.start);
  const points = score.rolling.map(
    ({ start, mean, interval }): TimePoint => ({
      at: place(start),
      value: mean,
      interval,
    }),
  );
  return (
    <TimeChart
      points={points}
      levels={[]}
      marks={trend.releases
        .map(({ time, value }) => ({ at: place(time), kind: 'release' as const, name: value }))
        .filter(({ at }) => at >= 0 && at <= 1)}
      range={rangeOf(points)}
      label={`${score.name}: rolling mean over time`}
    />
  );
}
