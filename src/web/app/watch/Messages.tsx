import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { type Delivery, useDeliveries, WATCH } from './use-watch.ts';

const SHOWN = 20;

/** What was sent where, and what could not be. */
export function Messages(): ReactNode {
  const { data } = useDeliveries();
  const { client } = useAsking();
  const { failed, change } = useChange(WATCH);
  if (data === undefined || data.length === 0) return null;
  const dead = data.filter(({ state }) => state === 'dead');
  const rest = data.filter(({ state }) => state !== 'dead').slice(0, SHOWN);
  return (
    <>
      <h2>
        Messages
        {dead.length > 0 && `, ${plural(dead.length, 'one', 'ones')} that could not be sent`}
      </h2>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <ScrollTable label="Messages" columns={['Message', 'To', 'State', 'When']}>
        {[...dead, ...rest].map((delivery) => (
          <Row
            key={delivery.id}
            delivery={delivery}
            onRetry={() =>
              change(() => client('POST /deliveries/retry', { body: { id: delivery.id } }))
            }
          />
        ))}
      </ScrollTable>
    </>
  );
}

const KINDS = { sent: 'pass', waiting: 'unsure', dead: 'fail' } as const;

function Row(props: { readonly delivery: Delivery; readonly onRetry: () => void }): ReactNode {
  const { alert, channel, state, attempts, error, created } = props.delivery;
  return (
    <tr>
      <th scope="row" dir="auto">
        {alert.headline}
        <span className="second">{alert.kind}</span>
      </th>
      <td>{channel}</td>
      <td>
        <Tag kind={KINDS[state]}>{state === 'dead' ? 'given up' : state}</Tag>
        {error !== '' && (
          <span className="second" dir="auto">
            {plural(attempts, 'attempt')}: {error}
          </span>
        )}
        {state === 'dead' && (
          <Guard route="POST /deliveries/retry">
            <Button onPress={props.onRetry}>Try again</Button>
          </Guard>
        )}
      </td>
      <td className="nowrap dim">{exactMoment(Date.parse(created))}</td>
    </tr>
  );
}
