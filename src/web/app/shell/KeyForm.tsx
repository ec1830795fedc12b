import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useFirstField } from '../../hooks/use-first-field.ts';
import { keepKey } from '../client/asking.ts';
import { seeAgain } from '../client/server-state.ts';

/** Asks for the key that the server wants of this address. */
export function KeyForm(props: {
  readonly reason: string;
  readonly onKey: (key: string) => void;
}): ReactNode {
  const { reason, onKey } = props;
  const client = useQueryClient();
  const id = useId();
  const form = useFirstField();
  const [key, setKey] = useState('');
  return (
    <main className="key-form">
      <h1>This server wants a key</h1>
      <p id={`${id}-why`}>{reason}.</p>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          keepKey(key.trim());
          onKey(key.trim());
          client.clear();
          seeAgain();
        }}
      >
        <label htmlFor={id}>Key of the project, with the scope read</label>
        <input
          id={id}
          type="password"
          autoComplete="current-password"
          value={key}
          aria-describedby={`${id}-why`}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" className="button" data-main="" disabled={key.trim() === ''}>
          Open
        </button>
      </form>
      <p className="dim">
        It is kept until this tab closes. Make one on the machine of the server: see “Keys” in
        docs/serve.md.
      </p>
    </main>
  );
}
