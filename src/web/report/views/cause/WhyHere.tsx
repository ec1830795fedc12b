import type { ReactNode } from 'react';
import type { Why } from '../../../../contract/why.ts';
import { shownQuote } from '../../../../text/shown-quote.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { useLink } from '../../hooks/links.ts';
import { markedLine } from '../../model/evidence-line.ts';
import { withPeriod } from '../../model/with-period.ts';

/** Why a cause likely arises here: each reason with its quotes and where they are from; nothing without one. */
export function WhyHere(props: { readonly why: readonly Why[] }): ReactNode {
  const link = useLink();
  if (props.why.length === 0) return null;
  return (
    <Card title="Why here" aside="likely, from what was recorded">
      <ul className="reasons">
        {props.why.map(({ statement, layer, evidence }) => (
          <li key={statement}>
            <p>
              <Coded text={withPeriod(statement)} />{' '}
              {layer !== 'unknown' && <Tag>fix in {layer}</Tag>}
            </p>
            {evidence.map((piece) => (
              <blockquote key={`${piece.traceId}${piece.path}`} dir="auto">
                <Evidence line={markedLine(shownQuote(piece), piece.quote)} />
                <a
                  className="link"
                  href={link({ kind: 'trace', id: piece.traceId })}
                  title={piece.path}
                >
                  trace
                </a>
              </blockquote>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}
