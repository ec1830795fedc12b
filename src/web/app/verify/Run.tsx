import { useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import { ApiError } from '../../../client/client.ts';
import { hashOf, NO_FILTER, parseRoute } from '../../eval/model/route.ts';
import { createRunModel } from '../../eval/model/run-model.ts';
import { RunScreen } from '../../eval/RunScreen.tsx';
import { copy } from '../../hooks/copy.ts';
import { goTo, useHash } from '../../hooks/use-hash.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { useScreenFocus } from '../../hooks/use-screen-focus.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { useRun } from './verify-queries.ts';
import '../../eval/views/verdict.css';
import '../../eval/views/cases.css';
import '../../eval/views/case.css';
import './verify.css';

/** One run: its verdict with the rules it rests on, its cases, and each before and after. */
export function Run(): ReactNode {
  const { run: id } = useParams({ strict: false }) as { readonly run: string };
  const { project } = useAsking();
  const { data, error } = useRun(id);
  const hash = useHash();
  const route = useMemo(() => parseRoute(hash), [hash]);
  const model = useMemo(() => (data === undefined ? null : createRunModel(data.report)), [data]);
  const copyMarkdown = (): void => {
    if (data !== undefined) copy(data.markdown, 'Copied for the pull request');
  };
  useKeys({
    ...(model !== null && { c: () => goTo(hashOf({ kind: 'cases', filter: NO_FILTER })) }),
    ...(route.kind === 'home' && data !== undefined && { y: copyMarkdown }),
  });
  const main = useRef(document.querySelector<HTMLElement>('#main'));
  useScreenFocus(main, hash.split('?')[0] ?? '', '.case-link');
  const overview = pathOf(project, '/verify');
  if (error !== null)
    return (
      <>
        <h1 tabIndex={-1}>This run cannot be shown</h1>
        <Empty title={reasonOf(error)}>
          <p>
            {error instanceof ApiError && error.status === 404
              ? 'It goes on, was stopped, or its record was removed. '
              : ''}
            <a className="link" href={overview}>
              All runs
            </a>
          </p>
        </Empty>
      </>
    );
  if (model === null)
    return (
      <h1 tabIndex={-1} className="dim">
        Reading the run
      </h1>
    );
  return (
    <div className="eval-run" data-screen={route.kind}>
      <nav className="run-bar" aria-label="This run">
        <a className="link" href={overview}>
          Verify
        </a>
        <span className="dim" aria-hidden="true">
          /
        </span>
        {TABS.map(({ name, to, kinds }) => (
          <a
            key={name}
            className="link"
            href={to}
            aria-current={kinds.includes(route.kind) ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
        <span className="run-bar-end">
          <Button {...(route.kind === 'home' && { shortcut: 'y' })} onPress={copyMarkdown}>
            Copy for the pull request
          </Button>
        </span>
      </nav>
      <RunScreen model={model} route={route} />
    </div>
  );
}

const TABS: readonly {
  readonly name: string;
  readonly to: string;
  readonly kinds: readonly string[];
}[] = [
  { name: 'Verdict', to: '#home', kinds: ['home'] },
  { name: 'Cases', to: hashOf({ kind: 'cases', filter: NO_FILTER }), kinds: ['cases', 'case'] },
  { name: 'About', to: '#about', kinds: ['about'] },
];
