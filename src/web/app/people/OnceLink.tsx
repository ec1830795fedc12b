import type { ReactNode } from 'react';
import { notify } from '../../hooks/notice.ts';
import { Button } from '../../parts/Button.tsx';
import { copyText } from '../../parts/copy-text.ts';

/** A secret that is shown this once, and what to do with it. */
export function OnceLink(props: {
  readonly children: ReactNode;
  readonly secret: string;
  /** What it is, for the button: `the link`. */
  readonly name: string;
}): ReactNode {
  const { children, secret, name } = props;
  return (
    <div role="status">
      <p>{children}</p>
      <div className="paste">
        <code className="paste-line">{secret}</code>
        <Button onPress={() => void copyText(secret).then(() => notify('Copied'))}>
          Copy<span className="hidden"> {name}</span>
        </Button>
      </div>
    </div>
  );
}
