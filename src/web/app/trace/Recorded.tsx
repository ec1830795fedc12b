import type { ReactNode } from 'react';
import type { Trace } from '../../../contract/trace.ts';
import { count, plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Tag } from '../../parts/Tag.tsx';

const SHOWN_DOCUMENTS = 20;
const SHOWN_TEXT = 600;

/** What was recorded besides steps and messages: documents, scores, what is missing, and the attributes of a step as they came. */
export function Recorded(props: {
  readonly trace: Trace;
  /** The selected step; null for none. */
  readonly span: string | null;
}): ReactNode {
  const { trace, span } = props;
  const { documents, scores, gaps } = trace;
  const root = trace.spans.find(({ parentId }) => parentId === null);
  const own = trace.spans.find(({ id }) => id === span) ?? root;
  return (
    <>
      {scores.length > 0 && (
        <Card title="Scores" aside={count(scores.length)}>
          <dl className="pairs">
            {scores.map((score, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a score can be given twice
              <div key={at}>
                <dt>
                  {score.name}
                  <small>{score.annotator}</small>
                </dt>
                <dd dir="auto">
                  <b>{score.value ?? score.label ?? '–'}</b> {score.explanation}
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {documents.length > 0 && (
        <Card title="Documents" aside={count(documents.length)}>
          <ol className="documents">
            {documents.slice(0, SHOWN_DOCUMENTS).map((document, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a passage can be found twice
              <li key={at} dir="auto">
                <b>{document.title ?? document.id ?? `Passage ${at + 1}`}</b>
                {document.score !== null && <span className="dim"> {document.score}</span>}
                <p>{document.content.slice(0, SHOWN_TEXT)}</p>
              </li>
            ))}
          </ol>
          {documents.length > SHOWN_DOCUMENTS && (
            <p className="dim">
              {plural(documents.length - SHOWN_DOCUMENTS, 'more')} in the raw JSON.
            </p>
          )}
        </Card>
      )}
      <Card
        title="What the recording lacks"
        aside={gaps.length === 0 ? undefined : plural(gaps.length, 'gap')}
      >
        {gaps.length === 0 ? (
          <p>Nothing that is looked for.</p>
        ) : (
          <ul className="gaps">
            {gaps.slice(0, SHOWN_DOCUMENTS).map(({ kind, detail, spanId }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a gap can occur twice
              <li key={at}>
                <Tag>{kind.replaceAll('_', ' ')}</Tag> <span dir="auto">{detail}</span>{' '}
                {spanId !== null && <code className="dim">{spanId}</code>}
              </li>
            ))}
          </ul>
        )}
      </Card>
      {own !== undefined && (
        <Card
          title={own.id === root?.id ? 'Root span, as recorded' : 'Selected span, as recorded'}
          aside={<code>{own.id}</code>}
          flush
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
          <pre className="attributes" tabIndex={0}>
            {JSON.stringify(own.attributes, null, 2)}
          </pre>
        </Card>
      )}
    </>
  );
}
