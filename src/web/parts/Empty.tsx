import type { ReactNode } from 'react';

/** Explains why there is nothing to show and what to do about it. */
export function Empty(props: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="empty" role="status">
      <p className="empty-title">{props.title}</p>
      <div className="empty-text">{props.children}</div>
    </div>
  );
}
