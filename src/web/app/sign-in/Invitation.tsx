import { type ReactNode, useState } from 'react';
import { askingFor } from '../client/asking.ts';
import { enter } from './enter.ts';
import { PersonForm } from './PersonForm.tsx';

/** Takes an invitation up. Who has an account here takes part in one project more, and signs in as before. */
export function Invitation(): ReactNode {
  const [taken, setTaken] = useState('');
  const { client } = askingFor('default', null);
  if (taken !== '')
    return (
      <main className="key-form">
        <h1 tabIndex={-1}>You take part</h1>
        <p role="status">
          {taken} has an account here: the project is in the menu once you are signed in.
        </p>
        <p>
          <a className="link" href="/">
            Go to your projects
          </a>
        </p>
      </main>
    );
  return (
    <PersonForm
      title="You are invited"
      lead="Choose a name and a password. If you have an account here, they stay as they are."
      fields={['name', 'newPassword']}
      verb="Join"
      onSend={async ({ name, password }) => {
        const body = { secret: location.hash.slice(1), name, password };
        const { email, isNew } = await client('POST /invitations/accept', { body });
        if (isNew) await enter(client, null);
        else setTaken(email);
      }}
    />
  );
}
