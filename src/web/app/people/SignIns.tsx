import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { useAsking } from '../client/asking.ts';
import { signOut } from '../sign-in/enter.ts';
import { useChange, useSignIns } from './use-people.ts';

/** Where the person is signed in, and ways out. */
export function SignIns(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange();
  const { data } = useSignIns();
  return (
    <>
      <h2>Your sign-ins</h2>
      <p>
        <Button onPress={() => change(() => signOut(client))}>Sign out here</Button>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <section className="table-scroll" aria-label="Your sign-ins">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Since</th>
              <th scope="col">From</th>
              <th scope="col">Browser</th>
              <th scope="col">
                <span className="hidden">End</span>
              </th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </section>
    </>
  );
}
