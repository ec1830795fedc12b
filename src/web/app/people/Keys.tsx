import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { OnceLink } from './OnceLink.tsx';
import { useProjectKeys } from './use-people.ts';

/** What the keys made here may do: what a program needs that sends traces, or one that reads what came of them. */
const USES = { ingest: 'send traces', read: 'read' } as const;
type Use = keyof typeof USES;

/** Keys of the project, for programs; a new one is shown once. */
export function Keys(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange(PEOPLE);
  const { data } = useProjectKeys();
  const id = useId();
  const [name, setName] = useState('');
  const [use, setUse] = useState<Use>('ingest');
  const [secret, setSecret] = useState('');
  const add = async (): Promise<void> => {
    const made = await client('POST /keys', { body: { name, scopes: [use] } });
    setSecret(made.secret);
    setName('');
  };
  return (
    <Card title="Keys for programs">
      <ul className="keys-list">
        {data?.items
          .filter(({ revoked }) => revoked === null)
          .map(({ id: key, name: called, prefix, scopes }) => (
            <li key={key}>
              <b dir="auto">{called}</b> <code className="dim">{prefix}…</code>{' '}
              <span className="dim">{scopes.join(', ')}</span>{' '}
              <Button
                onPress={() => change(() => client('DELETE /keys/{id}', { path: { id: key } }))}
              >
                Revoke<span className="hidden"> {called}</span>
              </Button>
            </li>
          ))}
      </ul>
      <form
        className="invite"
        onSubmit={(event) => {
          event.preventDefault();
          change(add);
        }}
      >
        <label htmlFor={`${id}-name`}>Name of the key</label>
        <input
          id={`${id}-name`}
          className="field"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${id}-use`}>It may</label>
        <select
          id={`${id}-use`}
          className="field"
          value={use}
          onChange={(event) => setUse(event.target.value as Use)}
        >
          {Object.entries(USES).map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
        <button type="submit" className="button">
          Make a key
        </button>
      </form>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      {secret !== '' && (
        <OnceLink secret={secret} name="the key">
          It is shown this once.
        </OnceLink>
      )}
    </Card>
  );
}
