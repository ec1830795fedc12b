import type { ReactNode } from 'react';

/** One line of evidence: its verbatim part is marked. */
export function Evidence(props: {
  readonly line: {
    readonly before: string;
    readonly quote: string;
    readonly after: string;
    readonly isCode: boolean;
  };
}): ReactNode {
  const { before, quote, after, isCode } = props.line;
  const text = (
    <>
      {before}
      <mark>{quote}</mark>
      {after}
    </>
  );
  return (
    <span className="evidence" dir="auto">
      {isCode ? <code>{text}</code> : text}
    </span>
  );
}
