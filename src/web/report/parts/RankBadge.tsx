import type { ReactNode } from 'react';
import { colorVariable } from './color-variable.ts';

/** The rank on the cluster's color; the first three are filled. */
export function RankBadge(props: {
  readonly position: number;
  readonly isRanked: boolean;
}): ReactNode {
  return (
    <span
      className="rank"
      data-top={(props.isRanked && props.position < 3) || undefined}
      style={{ '--color': colorVariable(props.position) }}
    >
      {props.isRanked ? props.position + 1 : '–'}
    </span>
  );
}
