import type { ReactNode } from 'react';

/** Renders a sentence, with names in backticks as code. Marks of direction in it do not turn what stands beside it. */
export function Coded(props: { readonly text: string }): ReactNode {
  const said = props.text.split('`').map((part, i, parts) =>
    // An odd part is between two backticks, unless the last one was never closed.
    i % 2 === 1 && i < parts.length - 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <code key={i} className="name">
        {part}
      </code>
    ) : (
      `${i % 2 === 1 ? '`' : ''}${part}`
    ),
  );
  return <bdi>{said}</bdi>;
}
