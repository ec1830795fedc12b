import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { useAsking } from '../client/asking.ts';
import { Invite } from './Invite.tsx';
import { ROLES, type Role } from './roles.ts';
import { useChange, useInvitations, useMembers } from './use-people.ts';

/** Who takes part, in which role, and who is invited; for admins. */
export function Members(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange();
  const { data: members } = useMembers();
  const { data: invitations } = useInvitations();
  return (
    <>
      <section className="table-scroll" aria-label="People">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Role</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members?.items.map(({ id, name, email, role, since }) => (
              <tr key={id}>
                <td dir="auto">
                  <b>{name}</b> <span className="dim">{email}</span>
                </td>
                <td>
                  <select
                    className="field"
                    aria-label={`Role of ${name}`}
                    value={role}
                    onChange={(event) => {
                      const next = event.target.value as Role;
                      change(() =>
                        client('PATCH /people/{id}', { path: { id }, body: { role: next } }),
                      );
                    }}
                  >
                    {Object.keys(ROLES).map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                </td>
                <td className="nowrap">{exactMoment(Date.parse(since))}</td>
                <td>
                  <Button
                    onPress={() => change(() => client('DELETE /people/{id}', { path: { id } }))}
                  >
                    Remove<span className="hidden"> {name}</span>
                  </Button>
                </td>
              </tr>
            ))}
            {invitations?.items.map(({ id, email, role, expires }) => (
              <tr key={id}>
                <td dir="auto">
                  {email} <span className="dim">is invited</span>
                </td>
                <td>{role}</td>
                <td className="nowrap">until {exactMoment(Date.parse(expires))}</td>
                <td>
                  <Button
                    onPress={() =>
                      change(() => client('DELETE /invitations/{id}', { path: { id } }))
                    }
                  >
                    Withdraw<span className="hidden"> the invitation of {email}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="dim">The owner may do everything in every project.</p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <h2>Invite somebody</h2>
      <Invite />
    </>
  );
}
