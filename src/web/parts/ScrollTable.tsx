import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A column: its name, and how it is shown. */
export interface Column {
  readonly name: string;
  /** Whether it holds numbers, which are aligned at the right. */
  readonly isNumber?: boolean;
  /** Whether only screen readers hear the name. */
  readonly isHidden?: boolean;
  readonly className?: string;
}

/** A table that scrolls by itself, also by keyboard, where it is wider than its place. */
export function ScrollTable(props: {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly columns: readonly (string | Column)[];
  readonly className?: string;
  /** The rows. */
  readonly children: ReactNode;
}): ReactNode {
  const { label, columns, className = '', children } = props;
  const frame = useRef<HTMLElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={frame}
      className="scroll-x"
      aria-label={`Table: ${label}`}
      tabIndex={isWide ? 0 : undefined}
    >
      <table className={`table ${className}`.trim()}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={nameOf(column)} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function Head(props: { readonly column: string | Column }): ReactNode {
  const { column } = props;
  const {
    isNumber = false,
    isHidden = false,
    className,
  } = typeof column === 'string' ? {} : column;
  return (
    <th scope="col" className={isNumber ? 'num' : className}>
      {isHidden ? <span className="hidden">{nameOf(column)}</span> : nameOf(column)}
    </th>
  );
}

const nameOf = (column: string | Column): string =>
  typeof column === 'string' ? column : column.name;
