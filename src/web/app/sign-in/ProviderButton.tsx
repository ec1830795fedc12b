import { type ReactNode, useState } from 'react';
import type { CulpritClient } from '../../../client/client.ts';
import { Button } from '../../parts/Button.tsx';
import { reasonOf } from '../client/asking.ts';

/** Leads to the page of the provider that people sign in with. */
export function ProviderButton(props: {
  readonly client: CulpritClient;
  /** Such as `Sign in with Example`. */
  readonly verb: string;
}): ReactNode {
  const { client, verb } = props;
  const [failed, setFailed] = useState('');
  const begin = async (): Promise<void> => {
    try {
      const { url } = await client('POST /sign-in/provider');
      location.assign(url);
    } catch (error) {
      setFailed(`${reasonOf(error)}.`);
    }
  };
  return (
    <>
      <p>
        <Button onPress={() => void begin()}>{verb}</Button>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
    </>
  );
}
