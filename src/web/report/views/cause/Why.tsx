import type { ReactNode } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { shownQuote } from '../../../text/shown-quote.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';

/** Why a cause likely arises here: each reason with its quotes and where they are from; nothing without one. */
export function Why(props: {
  readonly model: Pick<ReportModel, 'address'>;
  readonly why: Cluster['why'];
}): ReactNode {
  const { model, why } = props;
  if (why.length === 0) return null;
  return (
    <section className="why">
      <h3>Why here</h3>
      <ul className="reasons">
        {why.map(({ statement, layer, evidence }) => (
          <li key={statement}>
            <Coded text={statement} /> <span className="quiet">({layer})</span>
            {evidence.map((piece) => (
              <blockquote key={`${piece.traceId}${piece.path}`} dir="auto">
                {shownQuote(piece)}{' '}
                <a href={model.address({ kind: 'trace', id: piece.traceId })} title={piece.path}>
                  trace
                </a>
              </blockquote>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
