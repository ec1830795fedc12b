import type { ReactNode } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { decimal } from '../../../text/format.ts';

const SHOWN = 10;

/** Terms that are more common here than elsewhere, with the strength of the difference. */
export function Terms(props: { readonly terms: Cluster['terms'] }): ReactNode {
  const terms = props.terms.slice(0, SHOWN);
  if (terms.length === 0) return <p className="quiet">No term distinguishes these failures.</p>;
  const strongest = Math.max(...terms.map((term) => term.score), Number.MIN_VALUE);
  return (
    <ul className="terms">
      {terms.map((term) => (
        <li
          className="term"
          key={term.term}
          title={`log-odds ${decimal(term.score)}`}
          style={{ '--part': `${Math.max(3, (100 * term.score) / strongest).toFixed(1)}%` }}
        >
          <span dir="auto">{term.term}</span>
          <span>{decimal(term.score, 1)}</span>
        </li>
      ))}
    </ul>
  );
}
