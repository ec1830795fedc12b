import { type ReactNode, useEffect, useState } from 'react';
import { useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';
import { seeAgain } from '../client/server-state.ts';
import { KeyForm } from '../shell/KeyForm.tsx';
import { pathOf } from '../workspace/addresses.ts';
import { enter } from './enter.ts';
import { PersonForm } from './PersonForm.tsx';
import { ProviderButton } from './ProviderButton.tsx';

type State = Answer<'GET /sign-in'>;

/** Shown instead of a project to people who may not see it: a form to sign in or to enter a key. */
export function SignIn(props: {
  readonly reason: string;
  readonly onKey: (key: string) => void;
}): ReactNode {
  const { reason, onKey } = props;
  const { project, client } = useAsking();
  const [state, setState] = useState<State | null>(null);
  const [wantsKey, setWantsKey] = useState(false);
  // Again whenever people come back to the page: they may have signed in on another one.
  useEffect(() => {
    const here = new AbortController();
    const { signal } = here;
    const look = async (): Promise<void> => {
      const found = await client('GET /sign-in', { signal });
      if (found.access === null) setState(found);
      else seeAgain();
    };
    look().catch(() => signal.aborted || setWantsKey(true));
    addEventListener('focus', () => void look().catch(() => {}), { signal });
    return () => here.abort();
  }, [client]);
  if (wantsKey || state?.isOn === false) return <KeyForm reason={reason} onKey={onKey} />;
  if (state === null) return <main className="key-form" aria-busy="true" />;
  if (!state.isSetUp)
    return (
      <main className="key-form">
        <h1 tabIndex={-1}>Nobody has an account yet</h1>
        <p>
          Open the link that <code>culprit serve</code> wrote in its terminal when it started. It
          adds the first person.
        </p>
      </main>
    );
  const { person, projects, provider } = state;
  return (
    <PersonForm
      title="Sign in"
      lead={person === null ? 'This server knows people by their email address.' : `${reason}.`}
      fields={['email', 'password']}
      verb="Sign in"
      onSend={async ({ email, password }) => {
        await client('POST /sign-in', { body: { email, password } });
        await enter(client, project);
      }}
    >
      {provider !== null && (
        <ProviderButton client={client} verb={`Sign in with ${provider.name}`} />
      )}
      {projects.length > 0 && (
        <p>
          Your projects:{' '}
          {projects.map(({ id, name }) => (
            <a key={id} className="link" href={pathOf(id, '/')} target="_self">
              {name}
            </a>
          ))}
        </p>
      )}
      <p>
        <button type="button" className="link" onClick={() => setWantsKey(true)}>
          Use a key instead
        </button>{' '}
        <span className="dim">Forgot the password? An admin makes a link for a new one.</span>
      </p>
    </PersonForm>
  );
}
