import type { ReactNode } from 'react';
import type { Claim, Narrative } from '../../../../contract/narrative.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { useLink } from '../../hooks/links.ts';
import { markedLine } from '../../model/evidence-line.ts';

/** What a sentence rests on, in words. */
const RESTS: Readonly<Record<Claim['state'], string>> = {
  confirmed: 'the quote is in the trace, and code found this there',
  supported: 'the quote is in the trace; what the sentence makes of it is the model’s',
  hypothesis: 'nothing shows it',
};

const KINDS = { confirmed: 'pass', supported: undefined, hypothesis: 'unsure' } as const;

/** What a model proposes about a cause: its title and sentences, each with what stands behind it; nothing without one. */
export function Proposed(props: {
  readonly narrative: Narrative | undefined;
  /** Below it, or in place of it. */
  readonly children?: ReactNode;
}): ReactNode {
  const { narrative, children = null } = props;
  if (narrative === undefined && children === null) return null;
  return (
    <Card title="What a model proposes" aside={narrative?.model}>
      {narrative !== undefined && <Claims narrative={narrative} />}
      {children}
    </Card>
  );
}

function Claims(props: { readonly narrative: Narrative }): ReactNode {
  const link = useLink();
  const { title, layer, category, claims } = props.narrative;
  return (
    <>
      <p>
        {title !== null && <Coded text={title} />} {category !== null && <Tag>{category}</Tag>}{' '}
        {layer !== 'unknown' && <Tag>fix in {layer}</Tag>}
      </p>
      <ul className="reasons">
        {claims.map(({ text, state, quote, finding }) => (
          <li key={text}>
            <p>
              <Tag kind={KINDS[state]} title={RESTS[state]}>
                {state}
              </Tag>{' '}
              <Coded text={text} />
            </p>
            {quote !== null && (
              <blockquote dir="auto">
                <Evidence line={markedLine(quote.quote, quote.quote)} />
                <a
                  className="link"
                  href={link({ kind: 'trace', id: quote.traceId })}
                  title={quote.path}
                >
                  trace
                </a>
              </blockquote>
            )}
            {finding !== null && (
              <p>
                Code found: <Coded text={finding} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
