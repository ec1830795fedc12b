import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { HistoryReport } from '../../contract/eval-report.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { Icon } from '../parts/Icon.tsx';
import { Help } from '../shell/Help.tsx';
import { KeyStrip } from '../shell/KeyStrip.tsx';
import type { KeySection } from '../shell/key-help.ts';
import { Rail } from '../shell/Rail.tsx';
import { HistoryPage } from './views/HistoryPage.tsx';

const KEYS = [
  ['t', 'colors: system, light, dark'],
  ['?', 'all keys'],
] as const;

const SECTIONS: readonly KeySection[] = [['History', KEYS]];

/** The report of a history: its frame and its one screen. */
export function HistoryApp(props: { readonly data: HistoryReport }): ReactNode {
  const { data } = props;
  const { theme, next } = useTheme();
  const [help, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  useKeys({ t: next, '?': () => setHelp(true) });
  useEffect(() => {
    document.title = 'Guards over versions · Culprit';
  }, []);
  return (
    <div className="shell">
      <Rail
        page="#history"
        onSkip={() => main.current?.focus()}
        screens={[{ name: 'History', icon: 'verdict', href: '#history', isCurrent: true }]}
      >
        <p>Nothing leaves this page.</p>
        <p>culprit {data.toolVersion}</p>
      </Rail>
      <header className="top">
        <p className="run-scope">
          <span className="dim">Suites in</span> <b>{data.path}</b>
        </p>
        <button
          type="button"
          className="icon-button top-theme"
          onClick={next}
          aria-label={`Colors: ${theme}`}
          aria-keyshortcuts="t"
          title={`Colors: ${theme} (t)`}
        >
          <Icon name={theme} />
        </button>
      </header>
      <main className="main" ref={main} tabIndex={-1}>
        <div className="screen">
          <HistoryPage data={data} />
        </div>
      </main>
      <KeyStrip keys={KEYS.slice(0, 1)} onHelp={() => setHelp(true)} />
      <Help sections={SECTIONS} open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
