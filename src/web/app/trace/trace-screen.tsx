import { type ReactNode, useMemo } from 'react';
import { ApiError } from '../../../client/client.ts';
import type { Trace } from '../../../contract/trace.ts';
import { copy } from '../../hooks/copy.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Archive, type ArchiveStore } from '../../report/hooks/use-archive.ts';
import type { Scoped } from '../../report/model/scoped.ts';
import { TracePage } from '../../report/views/trace/TracePage.tsx';
import { reasonOf } from '../client/asking.ts';
import { useTrace } from '../client/queries.ts';
import type { Screen } from '../screen.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import { Recorded } from './Recorded.tsx';
import { traceModel } from './trace-model.ts';

/** One stored trace, whole: steps and conversation side by side, evidence in its place, and all that was recorded. */
function TraceOf(): ReactNode {
  const { address } = useNavigation();
  const id = address.route.kind === 'trace' ? address.route.id : '';
  const { data: stored, error } = useTrace(id);
  const workspace = useWorkspaceOrNull();
  const base = workspace?.model ?? null;
  const model = useMemo(
    () => (stored === undefined ? null : traceModel(base, stored)),
    [base, stored],
  );
  const raw = useMemo(() => rawOf(stored?.trace), [stored]);
  if (error !== null && stored === undefined)
    return (
      <>
        <h1 tabIndex={-1}>This trace cannot be shown</h1>
        <Empty title={`${reasonOf(error)}.`}>
          <p>
            {error instanceof ApiError && error.code === 'no_such_trace'
              ? 'It may belong to another project, may have been deleted, or is older than the project keeps traces.'
              : 'The page asks again by itself.'}
          </p>
        </Empty>
      </>
    );
  if (model === null || stored === undefined)
    return (
      <p className="waiting" role="status">
        One moment.
      </p>
    );
  const { trace } = stored;
  return (
    <Archive value={raw}>
      <TracePage
        key={id}
        model={model}
        id={id}
        scoped={workspace?.scoped ?? NOTHING}
        additions={{
          tools: trace.tools,
          actions: (
            <Button
              onPress={() => copy(JSON.stringify(trace, null, 2), 'Copied the trace as JSON')}
            >
              Copy as JSON
            </Button>
          ),
          recorded: (span) => <Recorded trace={trace} span={span} />,
        }}
      />
    </Archive>
  );
}

/** The trace as the archive of a report would hold it, made when it is asked for. */
function rawOf(trace: Trace | undefined): ArchiveStore {
  const archive =
    trace === undefined
      ? null
      : {
          texts: [],
          get raw() {
            return [JSON.stringify(trace)];
          },
        };
  return { get: () => archive, subscribe: () => () => undefined };
}

const NOTHING: Scoped = {
  keep: null,
  failures: 0,
  sampled: 0,
  traces: null,
  ranked: [],
  unexplained: [],
  alone: [],
};

export const traceScreen: Screen = {
  path: '/traces/$trace',
  name: 'A trace',
  icon: null,
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous step'],
    ['← →', 'previous, next trace'],
    ['e', 'next evidence'],
    ['r', 'raw JSON'],
    ['b', 'beside a passing trace'],
    ['y', 'copy id'],
    ['g', 'go to cause'],
    ['Esc', 'back'],
  ],
  view: TraceOf,
};
