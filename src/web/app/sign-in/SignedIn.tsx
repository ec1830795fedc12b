import { type ReactNode, useEffect, useState } from 'react';
import { askingFor, reasonOf } from '../client/asking.ts';
import { keptProject } from '../start/Start.tsx';
import { enter } from './enter.ts';
import { providerFault } from './provider-fault.ts';

/** Where the provider's page leads back to: on to the project, or why nobody is signed in. */
export function SignedIn(): ReactNode {
  const code = new URLSearchParams(location.search).get('error');
  const [failed, setFailed] = useState(code === null ? null : providerFault(code));
  useEffect(() => {
    if (code !== null) return;
    const { client } = askingFor('default', null);
    enter(client, keptProject()).catch((error: unknown) => setFailed(`${reasonOf(error)}.`));
  }, [code]);
  if (failed === null)
    return (
      <main className="key-form" aria-busy="true">
        <h1 tabIndex={-1}>One moment</h1>
      </main>
    );
  return (
    <main className="key-form">
      <h1 tabIndex={-1}>You are not signed in</h1>
      <p role="alert">{failed}</p>
      <p>
        <a className="link" href="/">
          Try again
        </a>
      </p>
    </main>
  );
}
