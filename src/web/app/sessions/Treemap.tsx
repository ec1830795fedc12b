import { hierarchy, treemap } from 'd3-hierarchy';
import { type ReactNode, useMemo } from 'react';
import { count, percent } from '../../../text/format.ts';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { useLink } from '../../report/hooks/links.ts';
import type { ScopedCause } from '../../report/model/scoped.ts';

const WIDTH = 1200;
const HEIGHT = 420;

/** The same causes to read: area is the share, shade the severity; each links to its cause. A table says the same. */
export function Treemap(props: { readonly causes: readonly ScopedCause[] }): ReactNode {
  const link = useLink();
  const causes = props.causes.filter(({ population }) => population > 0);
  const tiles = useMemo(() => {
    const root = hierarchy<{ readonly cause?: ScopedCause; readonly children?: readonly object[] }>(
      {
        children: causes.map((cause) => ({ cause })),
      },
    )
      .sum(({ cause }) => cause?.population ?? 0)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    return treemap<typeof root.data>()
      .size([WIDTH, HEIGHT])
      .paddingInner(2)
      .round(true)(root)
      .leaves();
  }, [causes]);
  if (causes.length === 0) return null;
  return (
    <section className="treemap" aria-labelledby="treemap-title">
      <h2 id="treemap-title">The same causes by share and severity</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" preserveAspectRatio="none">
        {tiles.map(({ data: { cause }, x0, y0, x1, y1 }) =>
          cause === undefined ? null : (
            <g key={cause.cluster.id} data-severity={Math.round(cause.cluster.severity ?? 0)}>
              <title>{`${plain(cause)}: ${percent(cause.share)}`}</title>
              <rect x={x0} y={y0} width={x1 - x0} height={y1 - y0} />
              {x1 - x0 > 110 && y1 - y0 > 40 && (
                <foreignObject x={x0 + 6} y={y0 + 4} width={x1 - x0 - 12} height={y1 - y0 - 8}>
                  <p dir="auto">
                    {plain(cause)} <b>{percent(cause.share)}</b>
                  </p>
                </foreignObject>
              )}
            </g>
          ),
        )}
      </svg>
      <ScrollTable
        label="Causes"
        columns={[
          'Cause',
          { name: 'Share', isNumber: true },
          { name: 'Failures', isNumber: true },
          { name: 'Severity', isNumber: true },
        ]}
      >
        {causes.map((cause) => (
          <tr key={cause.cluster.id}>
            <th scope="row">
              <a className="link" href={link({ kind: 'cluster', id: cause.cluster.id })} dir="auto">
                {plain(cause)}
              </a>
            </th>
            <td className="num">{percent(cause.share)}</td>
            <td className="num">{count(cause.population)}</td>
            <td className="num">{cause.cluster.severity ?? '–'}</td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  );
}

const plain = ({ cluster }: ScopedCause): string => cluster.title.replaceAll('`', '');
