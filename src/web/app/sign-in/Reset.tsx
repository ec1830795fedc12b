import type { ReactNode } from 'react';
import { askingFor } from '../client/asking.ts';
import { keptProject } from '../start/Start.tsx';
import { enter } from './enter.ts';
import { PersonForm } from './PersonForm.tsx';

/** Sets a new password by the link that an admin has made. */
export function Reset(): ReactNode {
  return (
    <PersonForm
      title="Choose a new password"
      lead="It replaces the one that you had. You are signed out everywhere else."
      fields={['newPassword']}
      verb="Set it and sign in"
      onSend={async ({ password }) => {
        const { client } = askingFor('default', null);
        const secret = location.hash.slice(1);
        await client('POST /password-reset', { body: { secret, password } });
        await enter(client, keptProject());
      }}
    />
  );
}
