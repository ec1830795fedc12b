import { type ReactNode, useState } from 'react';
import type { FunnelStage } from '../../../contract/funnel.ts';
import { count, percent } from '../../../text/format.ts';

/** From received to labeled: the traces left at each stage and, on hover or focus, why the rest was dropped. */
export function Funnel(props: { readonly stages: readonly FunnelStage[] }): ReactNode {
  const { stages } = props;
  const [active, setActive] = useState<number | null>(null);
  const shown = active === null ? undefined : stages[active];
  return (
    <section className="funnel" aria-label="Coverage, from received traces to labeled causes">
      <ol onMouseLeave={() => setActive(null)}>
        {stages.map((stage, i) => (
          <li key={stage.name}>
            <button
              type="button"
              aria-expanded={active === i}
              aria-describedby={active === i ? 'funnel-detail' : undefined}
              onMouseEnter={() => setActive(i)}
              onFocus={() => setActive(i)}
              onBlur={() => setActive(null)}
              onClick={() => setActive(i)}
            >
              <Stage stage={stage} before={stages[i - 1]} />
            </button>
          </li>
        ))}
      </ol>
      {shown !== undefined && active !== null && (
        <Dropped stage={shown} part={active / Math.max(1, stages.length - 1)} />
      )}
    </section>
  );
}

function Stage(props: {
  readonly stage: FunnelStage;
  readonly before: FunnelStage | undefined;
}): ReactNode {
  const { stage, before } = props;
  const kept = before === undefined ? 1 : before.count > 0 ? stage.count / before.count : 0;
  const lost = (before?.count ?? stage.count) - stage.count;
  return (
    <>
      <span className="funnel-name">{stage.name}</span>
      <span className="funnel-count">{count(stage.count)}</span>
      <span className="funnel-lost">{lost > 0 ? `−${count(lost)}` : ''}</span>
      <span className="funnel-track" style={{ '--part': `${Math.min(100, kept * 100)}%` }} />
    </>
  );
}

function Dropped(props: { readonly stage: FunnelStage; readonly part: number }): ReactNode {
  const { stage, part } = props;
  const reasons = stage.dropped.filter((reason) => reason.count > 0);
  const whole = reasons.reduce((sum, reason) => sum + reason.count, 0);
  return (
    <div id="funnel-detail" className="popover" role="tooltip" style={{ '--part': `${part}` }}>
      <p className="popover-title">
        {reasons.length === 0
          ? `Nothing was dropped before “${stage.name}”.`
          : `Dropped before “${stage.name}”`}
      </p>
      {reasons.length > 0 && (
        <table>
          <tbody>
            {reasons.map((reason) => (
              <tr key={reason.reason}>
                <th scope="row">{reason.reason}</th>
                <td>{count(reason.count)}</td>
                <td>{percent(reason.count / whole)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
