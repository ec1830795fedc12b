import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { signOut } from '../sign-in/enter.ts';
import { useSignIns } from './use-people.ts';

/** Where the person is signed in, and ways out. */
export function SignIns(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange(PEOPLE);
  const { data } = useSignIns();
  return (
    <Card title="Your sign-ins">
      <p>
        <Button onPress={() => change(() => signOut(client))}>Sign out here</Button>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <ScrollTable
        label="Sign-ins"
        columns={['Since', 'From', 'Browser', { name: 'End', isHidden: true }]}
      >
        {data?.items.map(({ id, since, address, browser }) => (
          <tr key={id}>
            <td className="nowrap">{exactMoment(Date.parse(since))}</td>
            <td>{address}</td>
            <td dir="auto">{browser}</td>
            <td>
              <Button
                onPress={() => change(() => client('DELETE /sign-ins/{id}', { path: { id } }))}
              >
                End<span className="hidden"> the sign-in of {since}</span>
              </Button>
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Card>
  );
}
