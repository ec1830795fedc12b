import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { shellWord } from '../../../text/shell-word.ts';
import { claimOf, VERDICTS } from '../../eval/model/words.ts';
import { HistoryCard } from '../../eval/views/HistoryCard.tsx';
import { copy } from '../../hooks/copy.ts';
import { focusNext } from '../../hooks/focus-next.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { PasteLine } from '../../parts/PasteLine.tsx';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { RunTable } from './RunTable.tsx';
import { SuiteTable } from './SuiteTable.tsx';
import { type ShownRun, useRuns, useSuites } from './verify-queries.ts';
import '../../styles/heat.css';
import '../../eval/views/history.css';
import '../../eval/views/verdict.css';
import './verify.css';

/** Suites of the project, their runs, and the guards of every cause over the versions. */
export function Verify(): ReactNode {
  const { data: suites } = useSuites();
  const { data: runs } = useRuns();
  const { project } = useAsking();
  const latest = runs?.items.find(({ verdict }) => verdict !== null);
  const line =
    suites === undefined
      ? null
      : `culprit eval ${shellWord(suites.folder)} --target "cmd:node agent.js" --baseline run:last`;
  const copyLine = (): void => {
    if (line !== null) copy(line, 'Copied the command');
  };
  useKeys({
    ...((runs?.items.length ?? 0) > 0 && {
      'j ArrowDown': () => focusNext('.run-link', 1),
      'k ArrowUp': () => focusNext('.run-link', -1),
    }),
    y: copyLine,
  });
  if (suites === undefined || runs === undefined)
    return (
      <h1 tabIndex={-1} className="dim">
        Reading the suites
      </h1>
    );
  const { items, problems, folder } = suites;
  return (
    <>
      <Lead latest={latest} suites={items.length} project={project} />
      {items.length === 0 && runs.items.length === 0 && (
        <Empty title="A suite keeps a cause fixed">
          <p>
            Open a cause and press <kbd>p</kbd>: its typical failures become guards, similar traces
            that pass become controls, and 20 to 30 failures are held out to prove the fix. The
            suite is written into a folder of this project, and <code>culprit eval</code> runs it.
          </p>
        </Empty>
      )}
      {problems.length > 0 && (
        <Card
          title={`${plural(problems.length, 'file')} cannot be read`}
          className="verify-problems"
        >
          <ul>
            {problems.map(({ file, message }) => (
              <li key={file}>
                <code>{file}</code> {message}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <div className="stack">
        {runs.items.length > 0 && <RunTable runs={runs.items} project={project} />}
        {runs.history.causes.length > 0 && <HistoryCard history={runs.history} />}
        {items.length > 0 && <SuiteTable suites={items} latest={latest} />}
        <Card title="Run the suites" className="verify-run">
          {line !== null && (
            <PasteLine
              label={items.length === 0 ? 'Once there is a suite' : 'On this machine'}
              line={line}
              shortcut="y"
              onCopy={copyLine}
            />
          )}
          <p className="dim small">
            The target is your application: a command, an address, a model or a module. Without{' '}
            <code>--baseline</code>, guards and controls alone decide. In CI, add{' '}
            <code>--server {location.origin}</code>
            {project === 'default' ? '' : ' '}
            {project !== 'default' && <code>--project {project}</code>} with a key in{' '}
            <code>CULPRIT_API_KEY</code>, and the run is shown here. The server itself starts no
            run. Suites are in <code>{folder}</code>.
          </p>
        </Card>
      </div>
    </>
  );
}

/** The latest verdict, else what is missing. */
function Lead(props: {
  readonly latest: ShownRun | undefined;
  readonly suites: number;
  readonly project: string;
}): ReactNode {
  const { latest, suites, project } = props;
  if (latest === undefined)
    return (
      <h1 tabIndex={-1}>
        {suites === 0 ? 'No cause is promoted yet' : `${plural(suites, 'suite')}, and no run yet`}
      </h1>
    );
  const { id, verdict, sentence, version, baseline, causes } = latest;
  const worst = causes.find((each) => sentence?.startsWith(`${each.id}: `) === true);
  const said =
    causes.length < 2 || worst?.title == null
      ? (sentence ?? '')
      : `${worst.title}${(sentence ?? '').slice(worst.id.length)}`;
  const known = VERDICTS[verdict as keyof typeof VERDICTS];
  const { claim, figures } = claimOf(said);
  return (
    <div className="verdict">
      <span className="stamp" data-kind={known?.kind ?? 'unsure'}>
        {known?.word ?? verdict}
      </span>
      <div>
        <h1 tabIndex={-1}>
          <Coded text={claim} />
        </h1>
        {figures !== '' && <p className="verdict-figures">{figures}</p>}
        <p className="meta">
          <span>
            The latest run:{' '}
            <a className="link" href={pathOf(project, `/verify/${id}`)}>
              {version}
            </a>
            {baseline !== null && (
              <>
                {' '}
                against <b>{baseline}</b>
              </>
            )}
          </span>
        </p>
      </div>
    </div>
  );
}
