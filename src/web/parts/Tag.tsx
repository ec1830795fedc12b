import type { ReactNode } from 'react';

/** A word in a frame: `new` in blue, `fail` in red, `pass` in green, `unsure` dashed. */
export function Tag(props: {
  readonly kind?: 'new' | 'fail' | 'pass' | 'unsure' | undefined;
  readonly title?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className="tag" data-kind={props.kind} title={props.title}>
      {props.children}
    </span>
  );
}
