import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

/** A command to paste into a shell, with a button that copies it. */
export function PasteLine(props: {
  readonly label: string;
  readonly line: string;
  readonly shortcut: string;
  readonly onCopy: () => void;
}): ReactNode {
  const { label, line, shortcut, onCopy } = props;
  return (
    <div className="paste">
      <span className="paste-label">{label}</span>
      <code className="paste-line">{line}</code>
      <Button shortcut={shortcut} onPress={onCopy}>
        Copy<span className="hidden"> the command</span>
      </Button>
    </div>
  );
}
