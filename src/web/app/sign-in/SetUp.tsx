import type { ReactNode } from 'react';
import { askingFor } from '../client/asking.ts';
import { PersonForm } from './PersonForm.tsx';

/** Adds the first person, by the link that the server wrote when it started. */
export function SetUp(): ReactNode {
  return (
    <PersonForm
      title="Add the first person"
      lead="You may do everything in every project, and invite others."
      fields={['name', 'email', 'newPassword']}
      verb="Add me and sign in"
      onSend={async (person) => {
        const secret = location.hash.slice(1);
        await askingFor('default', null).client('POST /setup', { body: { secret, ...person } });
        location.replace('/p/default');
      }}
    />
  );
}
