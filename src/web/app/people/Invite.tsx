import { type ReactNode, useId, useState } from 'react';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { OnceLink } from './OnceLink.tsx';
import { ROLES, type Role } from './roles.ts';

/** Makes the link by which somebody joins. It is shown once, for the admin to pass on. */
export function Invite(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange(PEOPLE);
  const id = useId();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [made, setMade] = useState<{ readonly to: string; readonly link: string } | null>(null);
  const invite = async (): Promise<void> => {
    const { secret, invitation } = await client('POST /invitations', { body: { email, role } });
    setMade({ to: invitation.email, link: `${location.origin}/invitation#${secret}` });
    setEmail('');
  };
  return (
    <>
      <form
        className="invite"
        onSubmit={(event) => {
          event.preventDefault();
          change(invite);
        }}
      >
        <label htmlFor={`${id}-email`}>Email</label>
        <input
          id={`${id}-email`}
          className="field"
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <label htmlFor={`${id}-role`}>Role</label>
        <select
          id={`${id}-role`}
          className="field"
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          {Object.entries(ROLES).map(([each, does]) => (
            <option key={each} value={each}>
              {each}: {does}
            </option>
          ))}
        </select>
        <button type="submit" className="button" data-main="">
          Invite
        </button>
      </form>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      {made !== null && (
        <OnceLink secret={made.link} name="the link">
          Send this link to {made.to} yourself: Culprit sends no mail. It works once and expires
          after a week. It is not shown again.
        </OnceLink>
      )}
    </>
  );
}
