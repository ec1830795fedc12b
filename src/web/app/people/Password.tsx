import { type ReactNode, useId } from 'react';
import { notify } from '../../hooks/notice.ts';
import { Card } from '../../parts/Card.tsx';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';

/** Changes one's own password; every other sign-in ends. */
export function Password(): ReactNode {
  const { client } = useAsking();
  const { failed, change } = useChange(PEOPLE);
  const id = useId();
  const save = async (form: HTMLFormElement): Promise<void> => {
    const given = new FormData(form);
    const [current, next] = ['current', 'next'].map((name) => String(given.get(name) ?? ''));
    await client('POST /password', { body: { current: current ?? '', next: next ?? '' } });
    form.reset();
    notify('Changed. You are signed out everywhere else');
  };
  return (
    <Card title="Your password">
      <form
        className="invite"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          change(() => save(form));
        }}
      >
        <label htmlFor={`${id}-current`}>The present one</label>
        <input
          id={`${id}-current`}
          className="field"
          name="current"
          type="password"
          autoComplete="current-password"
          required
        />
        <label htmlFor={`${id}-next`}>The new one, at least 10 characters</label>
        <input
          id={`${id}-next`}
          className="field"
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
        />
        <button type="submit" className="button">
          Change
        </button>
      </form>
      <p role="alert" className="fail-text">
        {failed}
      </p>
    </Card>
  );
}
