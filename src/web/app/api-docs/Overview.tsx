import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { Coded } from '../../parts/Coded.tsx';
import { Method } from './OperationList.tsx';
import type { ApiDescription, Operation } from './openapi.ts';

/** What holds for all routes, and each of them in a line. */
export function Overview(props: {
  readonly description: ApiDescription;
  readonly operations: readonly Operation[];
  readonly base: string;
  /** Whether the address names a route that is not there. */
  readonly isMissing: boolean;
}): ReactNode {
  const { description, operations, base, isMissing } = props;
  const { info, tags } = description;
  return (
    <>
      <h1 tabIndex={-1}>{isMissing ? 'There is no such route' : 'The API of this server'}</h1>
      <p className="dim docs-facts">
        <code>{base}</code> · {plural(operations.length, 'route')} · culprit {info.version} ·{' '}
        <a className="link" href="/api/v1/openapi.json" download="culprit-openapi.json">
          OpenAPI 3.1
        </a>
      </p>
      <div className="docs-about">
        {info.description.split('\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p>
          From TypeScript: <code>import {'{ culpritClient }'} from 'culprit/client'</code>
        </p>
      </div>
      {tags.map((tag) => (
        <section key={tag.name} className="docs-tag">
          <h2>
            {tag.name} <span className="dim">{tag.description}</span>
          </h2>
          <ul>
            {operations
              .filter((each) => each.tag === tag.name)
              .map((each) => (
                <li key={each.id}>
                  <a href={`#${each.id}`} className="docs-row">
                    <Method name={each.method} />
                    <code>{each.path}</code>
                    <span className="docs-summary">
                      <Coded text={each.summary} />
                    </span>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
