import type { ReactNode } from 'react';

/** One cell: a ground of ink by its share, and what it says. */
export interface HeatCell {
  /** How dark it is, 0 to 1. */
  readonly ink: number;
  readonly text: ReactNode;
  readonly second?: ReactNode;
  readonly title?: string;
  /** A frame: red for what got worse, blue for what stands out, hatched for what is hidden. */
  readonly mark?: 'fail' | 'new' | 'hidden' | undefined;
}

export interface HeatColumn {
  readonly key: string;
  readonly name: string;
  readonly second?: ReactNode;
  readonly title?: string;
}

export interface HeatRow {
  readonly key: string;
  readonly head: ReactNode;
  /** Null where there is nothing to say. */
  readonly cells: readonly (HeatCell | null)[];
}

/** Rows × columns as a table whose cells are inked by their value; it scrolls on its own, also by keyboard. */
export function HeatTable(props: {
  readonly label: string;
  /** What the rows are. */
  readonly corner: string;
  readonly columns: readonly HeatColumn[];
  readonly rows: readonly HeatRow[];
  /** Further rows, below. */
  readonly children?: ReactNode;
}): ReactNode {
  const { label, corner, columns, rows, children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className="scroll-x" aria-label={label} tabIndex={0}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, name, second, title }) => (
              <th key={key} scope="col" title={title}>
                <span className="heat-version">{name}</span>
                {second !== undefined && <small>{second}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, at) => (
                <td key={columns[at]?.key ?? at}>
                  {cell === null ? <span className="dim">–</span> : <Heat cell={cell} />}
                </td>
              ))}
            </tr>
          ))}
          {children}
        </tbody>
      </table>
    </section>
  );
}

function Heat(props: { readonly cell: HeatCell }): ReactNode {
  const { ink, text, second, title, mark } = props.cell;
  return (
    <span
      className="heat-cell"
      data-mark={mark}
      data-strong={ink > 0.55 || undefined}
      style={{ ['--rate' as string]: ink.toFixed(3) }}
      title={title}
    >
      {text}
      {second !== undefined && <small>{second}</small>}
    </span>
  );
}
