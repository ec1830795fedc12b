import type { ReactNode } from 'react';
import { notify } from '../../hooks/notice.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { WATCH } from './use-watch.ts';

const EXAMPLE = `# culprit serve --config culprit.yaml
channels:
  team:
    kind: slack
    url: env:SLACK_URL`;

/** Where alerts may go, with a test of each. Only the operator of the server can add channels. */
export function Channels(props: {
  readonly channels: readonly { readonly name: string; readonly kind: string }[];
}): ReactNode {
  const { channels } = props;
  const { client } = useAsking();
  const { failed, change } = useChange(WATCH);
  return (
    <Card title="Where alerts go" className="channels">
      {channels.length === 0 ? (
        <>
          <p>
            Nowhere yet: they are only shown here. Whoever runs the server adds channels (Slack,
            webhook, email, command) in a file:
          </p>
          <pre className="code-lines">{EXAMPLE}</pre>
        </>
      ) : (
        <ul>
          {channels.map(({ name, kind }) => (
            <li key={name}>
              <b>{name}</b> <span className="dim">{kind}</span>{' '}
              <Guard route="POST /channels/{name}/test">
                <Button
                  onPress={() =>
                    change(
                      () => client('POST /channels/{name}/test', { path: { name } }),
                      () => notify(`Sent to ${name}`),
                    )
                  }
                >
                  Send a test<span className="hidden"> to {name}</span>
                </Button>
              </Guard>
            </li>
          ))}
        </ul>
      )}
      <p role="alert" className="fail-text">
        {failed}
      </p>
    </Card>
  );
}
