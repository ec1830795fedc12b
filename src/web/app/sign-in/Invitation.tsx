import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { askingFor } from '../client/asking.ts';
import { enter } from './enter.ts';
import { PersonForm } from './PersonForm.tsx';
import { ProviderButton } from './ProviderButton.tsx';

/** Takes an invitation up. Who has an account here takes part in one project more, and signs in as before. */
export function Invitation(): ReactNode {
  const [taken, setTaken] = useState('');
  const [provider, setProvider] = useState<string | null>(null);
  const { client } = useMemo(() => askingFor('default', null), []);
  useEffect(() => {
    // Without an answer, the form alone does.
    client('GET /sign-in').then(
      (state) => setProvider(state.provider?.name ?? null),
      () => {},
    );
  }, [client]);
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
    >
      {provider !== null && <ProviderButton client={client} verb={`Join with ${provider}`} />}
    </PersonForm>
  );
}
