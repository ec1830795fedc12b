import { type ReactNode, useEffect, useRef } from 'react';
import type { Operation } from './openapi.ts';

/** Links to the routes, by tag, or what a search found, best first. */
export function OperationList(props: {
  readonly tags: readonly string[];
  readonly operations: readonly Operation[];
  readonly isSearch: boolean;
  readonly chosen: Operation | null;
}): ReactNode {
  const { tags, operations, isSearch, chosen } = props;
  const groups = isSearch
    ? [{ name: 'Found', members: operations }]
    : tags.map((name) => ({ name, members: operations.filter(({ tag }) => tag === name) }));
  return (
    <nav className="docs-list" aria-label="Routes">
      {operations.length === 0 && <p className="dim docs-none">No route has these words.</p>}
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ name, members }) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {members.map((each) => (
                <li key={each.id}>
                  <OperationLink operation={each} isChosen={each === chosen} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}

function OperationLink(props: {
  readonly operation: Operation;
  readonly isChosen: boolean;
}): ReactNode {
  const { operation, isChosen } = props;
  const { id, method, path, summary } = operation;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isChosen) link.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <a
      ref={link}
      href={`#${id}`}
      title={summary}
      aria-current={isChosen ? 'page' : undefined}
      className="docs-link"
    >
      <Method name={method} />
      <code>{path}</code>
    </a>
  );
}

/** A method; what deletes is red. */
export function Method(props: { readonly name: string }): ReactNode {
  return (
    <span className="method" data-method={props.name}>
      {props.name}
    </span>
  );
}
