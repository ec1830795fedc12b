import { type ReactNode, useState } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { Invite } from './Invite.tsx';
import { OnceLink } from './OnceLink.tsx';
import { ROLES, type Role } from './roles.ts';
import { useInvitations, useMembers } from './use-people.ts';

/** Who takes part, in which role, and who is invited; for admins. */
export function Members(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange(PEOPLE);
  const { data: members } = useMembers();
  const { data: invitations } = useInvitations();
  const [reset, setReset] = useState<{ readonly name: string; readonly link: string } | null>(null);
  const allowReset = async (id: string, name: string): Promise<void> => {
    const { secret } = await client('POST /people/{id}/reset', { path: { id } });
    setReset({ name, link: `${location.origin}/reset#${secret}` });
  };
  return (
    <Card title="People of this project" flush>
      <ScrollTable
        label="People"
        columns={['Who', 'Role', 'Since', { name: 'What can be done', isHidden: true }]}
      >
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
            <td className="deeds-of-person">
              <Button
                title="A link by which they set a new password"
                onPress={() => change(() => allowReset(id, name))}
              >
                New password<span className="hidden"> for {name}</span>
              </Button>
              <Button onPress={() => change(() => client('DELETE /people/{id}', { path: { id } }))}>
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
            <td className="deeds-of-person">
              <Button
                onPress={() => change(() => client('DELETE /invitations/{id}', { path: { id } }))}
              >
                Withdraw<span className="hidden"> the invitation of {email}</span>
              </Button>
            </td>
          </tr>
        ))}
      </ScrollTable>
      <div className="card-body">
        <p role="alert" className="fail-text">
          {failed}
        </p>
        {reset !== null && (
          <OnceLink secret={reset.link} name="the link">
            Send this link to {reset.name} yourself: Culprit sends no mail. It sets a new password,
            works once, and expires after a day. It is not shown again.
          </OnceLink>
        )}
        <h3>Invite somebody</h3>
        <Invite />
      </div>
    </Card>
  );
}
