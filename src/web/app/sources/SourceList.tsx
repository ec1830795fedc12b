import type { ReactNode } from 'react';
import type { Schemas } from '../../../client/client.ts';
import { plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { Checklist } from '../../parts/Checklist.tsx';
import { Tag } from '../../parts/Tag.tsx';
import type { Answer } from '../client/queries.ts';

type Source = Schemas['Source'];

/** Each application that sends: whether its traces still come, what they lack, and the line that adds it. */
export function SourceList(props: { readonly sources: Answer<'GET /sources'> }): ReactNode {
  const { sources: data } = props;
  if (data.items.length === 0) return null;
  return (
    <>
      <div className="sources-list">
        {data.items.map((source) => (
          <SourceCard
            key={`${source.service} ${source.sdk} ${source.environment}`}
            source={source}
          />
        ))}
      </div>
      <p className="dim small sources-rule">{data.rule}</p>
    </>
  );
}

const STATES: Readonly<Record<Source['state'], readonly ['pass' | 'fail' | 'unsure', string]>> = {
  receiving: ['pass', 'receiving'],
  stopped: ['fail', 'stopped'],
  no_data: ['unsure', 'no data'],
};

function SourceCard(props: { readonly source: Source }): ReactNode {
  const { service, sdkName, environment, state, traces, last, checked, checklist } = props.source;
  const [kind, word] = STATES[state];
  return (
    <Card
      title={
        <>
          {service === '' ? 'Unnamed service' : service}{' '}
          <span className="dim">{[sdkName, environment].filter(Boolean).join(', ')}</span>
        </>
      }
      aside={<Tag kind={kind}>{word}</Tag>}
    >
      <p className="dim small">
        {plural(traces, 'trace')} stored, the last on {exactMoment(Date.parse(last))}. Checked:{' '}
        {plural(checked, 'trace')}.
      </p>
      <Checklist items={checklist.map(atThisServer)} />
    </Card>
  );
}

/** With the address of this server in its lines. */
const atThisServer = (item: Source['checklist'][number]): Source['checklist'][number] => ({
  ...item,
  lines: item.lines.map((line) => ({
    ...line,
    code: line.code.replace('"$CULPRIT/api/v1/scores"', `${location.origin}/api/v1/scores`),
  })),
});
