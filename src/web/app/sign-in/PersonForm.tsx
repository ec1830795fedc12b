import { type ReactNode, useId, useState } from 'react';
import { useFirstField } from '../../hooks/use-first-field.ts';
import { reasonOf } from '../client/asking.ts';

/** What a form about a person asks for. */
export interface GivenPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const FIELDS = {
  name: { label: 'Your name', type: 'text', autoComplete: 'name' },
  email: { label: 'Email', type: 'email', autoComplete: 'username' },
  password: { label: 'Password', type: 'password', autoComplete: 'current-password' },
  newPassword: {
    label: 'Password, at least 10 characters',
    type: 'password',
    autoComplete: 'new-password',
  },
} as const;

/** A page with one form about a person; what the server refuses is said below it. */
export function PersonForm(props: {
  readonly title: string;
  readonly lead: string;
  readonly fields: readonly (keyof typeof FIELDS)[];
  readonly verb: string;
  readonly onSend: (given: GivenPerson) => Promise<void>;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, lead, fields, verb, onSend, children } = props;
  const id = useId();
  const form = useFirstField();
  const [failed, setFailed] = useState('');
  const [isSending, setSending] = useState(false);
  const send = async (data: FormData): Promise<void> => {
    const text = (field: keyof typeof FIELDS): string => String(data.get(field) ?? '');
    setSending(true);
    setFailed('');
    try {
      await onSend({
        name: text('name'),
        email: text('email'),
        password: text('newPassword') || text('password'),
      });
    } catch (error) {
      setFailed(`${reasonOf(error)}.`);
    }
    setSending(false);
  };
  return (
    <main className="key-form">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{lead}</p>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void send(new FormData(event.currentTarget));
        }}
      >
        {fields.map((field) => (
          <div key={field} className="person-field">
            <label htmlFor={`${id}-${field}`}>{FIELDS[field].label}</label>
            <input
              id={`${id}-${field}`}
              name={field}
              type={FIELDS[field].type}
              autoComplete={FIELDS[field].autoComplete}
              required
              minLength={field === 'newPassword' ? SHORTEST : undefined}
            />
          </div>
        ))}
        <button type="submit" className="button" data-main="" disabled={isSending}>
          {verb}
        </button>
        <p role="alert" className="fail-text">
          {failed}
        </p>
      </form>
      {children}
    </main>
  );
}

/** As the server wants it. */
const SHORTEST = 10;
