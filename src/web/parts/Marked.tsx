import type { ReactNode } from 'react';

/** Text with its evidence marked; each mark has its number. */
export function Marked(props: {
  readonly segments: readonly {
    readonly text: string;
    readonly mark: number | null;
    readonly hidden: number;
  }[];
}): ReactNode {
  return props.segments.map((segment, i) =>
    segment.mark === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place
      <span key={i} data-cut={segment.hidden > 0 || undefined}>
        {segment.text}
      </span>
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        key={i}
        data-evidence={segment.mark}
        data-number={segment.mark + 1}
        tabIndex={-1}
      >
        {segment.text}
      </mark>
    ),
  );
}
