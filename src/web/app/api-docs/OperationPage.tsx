import type { ReactNode } from 'react';
import { copy } from '../../hooks/copy.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { curlLine } from './curl-line.ts';
import { exampleOf } from './example.ts';
import { fieldRows, typeText } from './field-rows.ts';
import { Method } from './OperationList.tsx';
import type { Answer, Body, Operation, Schemas } from './openapi.ts';

/** Stands behind `#` for the overview. */
export const ALL = 'all';

/** All about one route: what it needs, takes and answers, with a line to try it. */
export function OperationPage(props: {
  readonly operation: Operation;
  readonly base: string;
  readonly schemas: Schemas;
}): ReactNode {
  const { operation, base, schemas } = props;
  const { method, path, summary, scope, parameters, body, answers, tag } = operation;
  const line = curlLine(operation, base, schemas);
  return (
    <article className="docs-operation">
      <p className="docs-place">
        <a className="link docs-back" href={`#${ALL}`}>
          All routes
        </a>
        <span className="dim">{tag}</span>
      </p>
      <h1 tabIndex={-1}>
        <Coded text={summary} />
      </h1>
      <p className="docs-address">
        <Method name={method} /> <code>{path}</code>
        {scope === null ? (
          <Tag>without signing in</Tag>
        ) : (
          <Tag title="What a key or a person needs">scope {scope}</Tag>
        )}
      </p>
      <Card
        title="Try it"
        aside={
          <Button shortcut="c" onPress={() => copy(line, 'Copied')}>
            Copy
          </Button>
        }
      >
        <Lines text={line} />
      </Card>
      {parameters.length > 0 && (
        <Card title="Parameters">
          <Rows
            rows={parameters.map((each) => ({
              ...{ path: `${each.in} ${each.name}`, name: each.name, depth: 0 },
              type: `${each.in}: ${typeText(each.schema ?? {}, schemas)}${
                each.schema?.default === undefined
                  ? ''
                  : `; else ${JSON.stringify(each.schema.default)}`
              }`,
              isRequired: each.required === true,
              text: each.description ?? each.schema?.description ?? '',
            }))}
          />
        </Card>
      )}
      {body !== null && (
        <Card title="Body" aside={<code>{body.type}</code>}>
          <BodyText body={body} schemas={schemas} />
        </Card>
      )}
      {answers.map((each) => (
        <AnswerCard key={each.status} answer={each} schemas={schemas} />
      ))}
    </article>
  );
}

function AnswerCard(props: { readonly answer: Answer; readonly schemas: Schemas }): ReactNode {
  const { answer, schemas } = props;
  const { status, description, body } = answer;
  return (
    <Card
      title={status === 'default' ? 'Faults' : `Answer ${status}`}
      aside={body === null ? null : <code>{body.type}</code>}
    >
      <p className="docs-description">
        <Coded text={description} />
      </p>
      {body !== null && <BodyText body={body} schemas={schemas} />}
    </Card>
  );
}

function BodyText(props: { readonly body: Body; readonly schemas: Schemas }): ReactNode {
  const { body, schemas } = props;
  const rows = fieldRows(body.schema, schemas);
  const isJson = /json/.test(body.type);
  return (
    <>
      {rows.length > 0 ? (
        <Rows rows={rows} />
      ) : (
        <p className="dim">{typeText(body.schema, schemas)}</p>
      )}
      {isJson && (
        <details className="docs-example">
          <summary>Example</summary>
          <Lines text={JSON.stringify(exampleOf(body.schema, schemas), null, 2)} />
        </details>
      )}
    </>
  );
}

function Rows(props: { readonly rows: ReturnType<typeof fieldRows> }): ReactNode {
  return (
    <table className="docs-fields">
      <thead className="hidden">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ path, name, depth, type, isRequired, text }) => (
          <tr key={path}>
            <th scope="row" data-depth={depth} title={path}>
              <code>{name}</code>
              {isRequired && <small> required</small>}
            </th>
            <td>
              <span className="docs-type">{type}</span>
              {text !== '' && (
                <span className="docs-text">
                  <Coded text={text} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lines(props: { readonly text: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <pre className="docs-lines" tabIndex={0}>
      {props.text}
    </pre>
  );
}
