import type { ReactNode } from 'react';
import type { Schemas } from '../../../client/client.ts';
import { count, plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { copy } from '../../hooks/copy.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Tag } from '../../parts/Tag.tsx';
import type { Answer } from '../client/queries.ts';

type Source = Schemas['Source'];
type Item = Source['checklist'][number];

/** Each application that sends: whether its traces still come, what they lack, and the line that adds it. */
export function SourceList(props: { readonly sources: Answer<'GET /sources'> }): ReactNode {
  const { sources: data } = props;
  if (data.items.length === 0) return null;
  return (
    <>
      <p className="dim sources-rule">{data.rule}</p>
      <div className="sources-list">
        {data.items.map((source) => (
          <SourceCard
            key={`${source.service} ${source.sdk} ${source.environment}`}
            source={source}
          />
        ))}
      </div>
    </>
  );
}

const STATES: Readonly<Record<Source['state'], readonly ['pass' | 'fail' | 'unsure', string]>> = {
  receiving: ['pass', 'receiving'],
  stopped: ['fail', 'stopped'],
  no_data: ['unsure', 'no data'],
};

function SourceCard(props: { readonly source: Source }): ReactNode {
  const { service, sdk, environment, state, traces, last, checked, checklist } = props.source;
  const [kind, word] = STATES[state];
  const missing = checklist.filter(({ applies, carried }) => carried < applies);
  return (
    <Card
      title={
        <>
          {service === '' ? 'Unnamed service' : service}{' '}
          <span className="dim">{[sdk, environment].filter(Boolean).join(', ')}</span>
        </>
      }
      aside={<Tag kind={kind}>{word}</Tag>}
    >
      <p className="dim small">
        {plural(traces, 'trace')} stored, the last on {exactMoment(Date.parse(last))}. Checked:{' '}
        {plural(checked, 'trace')}.
      </p>
      {missing.length === 0 ? (
        <p>Its traces carry everything that is looked at.</p>
      ) : (
        <ul className="lacks">
          {missing.map((item) => (
            <Lack key={item.item} item={item} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Lack(props: { readonly item: Item }): ReactNode {
  const { label, why, applies, carried, lines } = props.item;
  return (
    <li>
      <details>
        <summary>
          <b>{label}</b>{' '}
          <span className="dim">
            {carried === 0 ? 'missing' : `in ${count(carried)} of ${count(applies)}`}
          </span>
        </summary>
        <p>{why}</p>
        {lines.map(({ language, code, note }) => (
          <div key={`${language} ${code}`} className="lack-line">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
            <pre className="send-lines" tabIndex={0}>
              {code}
            </pre>
            <span className="dim small">
              {language}
              {note === '' ? '' : `: ${note}`}
            </span>
            <Button onPress={() => copy(code, 'Copied')}>
              Copy<span className="hidden"> the line for {label}</span>
            </Button>
          </div>
        ))}
      </details>
    </li>
  );
}
