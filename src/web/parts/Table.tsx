import { type ReactNode, useId } from 'react';

/** A titled table that scrolls on its own, also by keyboard, if it is wider than the page. */
export function Table(props: {
  readonly title: string;
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): ReactNode {
  const title = useId();
  return (
    <>
      <h2 id={title}>{props.title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section className="table-scroll" aria-labelledby={title} tabIndex={0}>
        <table className="table">
          {props.head !== undefined && (
            <thead>
              <tr>
                {props.head.map((cell) => (
                  <th key={cell} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {props.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are never reordered
              <tr key={i}>
                {row.map((cell, k) =>
                  k === 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <th key={k} scope="row">
                      {cell}
                    </th>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <td key={k}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
