import type { ReactNode } from 'react';
import { colourVariable } from './colour-variable.ts';

/** The rank on the cluster's colour; the first three are filled. */
export function RankBadge(props: { readonly position: number }): ReactNode {
  return (
    <span
      className="rank"
      data-top={props.position < 3 || undefined}
      style={{ '--colour': colourVariable(props.position) }}
    >
      {props.position + 1}
    </span>
  );
}
