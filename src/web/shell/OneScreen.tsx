import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type KeyMap, useKeys } from '../hooks/use-keys.ts';
import { useTheme } from '../hooks/use-theme.ts';
import type { IconName } from '../parts/Icon.tsx';
import { Help } from './Help.tsx';
import { KeyStrip } from './KeyStrip.tsx';
import type { KeyHelp } from './key-help.ts';
import { Rail } from './Rail.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const EVERYWHERE: readonly KeyHelp[] = [
  ['t', 'colors: system, light, dark'],
  ['?', 'all keys'],
];

/** The frame of a page with one screen: rail, top bar, keys and help. */
export function OneScreen(props: {
  readonly name: string;
  readonly icon: IconName;
  /** What the tab of the browser says. */
  readonly title: string;
  /** What the data is of, in the top bar. */
  readonly scope: ReactNode;
  readonly toolVersion: string;
  readonly keys?: readonly KeyHelp[];
  readonly actions?: KeyMap;
  readonly children: ReactNode;
}): ReactNode {
  const { name, icon, title, scope, toolVersion, keys = [], actions = {}, children } = props;
  const { theme, next } = useTheme();
  const [help, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const page = `#${name.toLowerCase()}`;
  useKeys({ t: next, '?': () => setHelp(true), ...actions });
  useEffect(() => {
    document.title = `${title} · Culprit`;
  }, [title]);
  return (
    <div className="shell">
      <Rail
        page={page}
        onSkip={() => main.current?.focus()}
        screens={[{ name, icon, href: page, isCurrent: true }]}
      >
        <p>Nothing leaves this page.</p>
        <p>culprit {toolVersion}</p>
      </Rail>
      <header className="top">
        <p className="run-scope">{scope}</p>
        <ThemeButton theme={theme} onTheme={next} />
      </header>
      <main className="main" ref={main} tabIndex={-1}>
        <div className="screen change">{children}</div>
      </main>
      <KeyStrip keys={[...keys, ...EVERYWHERE.slice(0, 1)]} onHelp={() => setHelp(true)} />
      <Help
        sections={[[name, [...keys, ...EVERYWHERE]]]}
        open={help}
        onClose={() => setHelp(false)}
      />
    </div>
  );
}
