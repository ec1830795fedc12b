import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { notify } from '../../hooks/notice.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { EVERYTHING, isNarrow } from '../../report/model/scope.ts';
import { Guard } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { setField } from '../cause/set-field.ts';
import { TextDialog } from '../cause/TextDialog.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { DECIDE, useDecide } from '../decide/use-decide.ts';
import { LABELING, QUEUES } from '../label/label-queries.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { LabelDialog } from './LabelDialog.tsx';
import { QueueDialog } from './QueueDialog.tsx';

/** How many failures one action can change or label; each label is a request. */
const MOST = 1_900;
const MOST_LABELED = 300;

/** What adding to a queue and labeling ask. */
export const ADD = 'POST /queues/{id}/items';
export const LABEL = 'POST /labels';

type Open = 'cause' | 'queue' | 'label' | null;

/** What can be done with all failures of a list, such as those inside a lasso: make a cause, add to a queue, label, or exclude. */
export function FailureActions(props: { readonly failures: readonly number[] }): ReactNode {
  const { failures } = props;
  const { model, scope } = useWorkspace();
  const { decide } = useDecide();
  const { address, href, go } = useNavigation();
  const { project, client: ask } = useAsking();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [open, setOpen] = useState<Open>(null);
  const traces = failures.flatMap((i) => model.failures[i]?.traceId ?? []);
  const text = plural(traces.length, 'failure');
  const close = (): void => setOpen(null);
  const isMany = (most: number): boolean => {
    if (traces.length > most)
      notify(`Choose at most ${plural(most, 'failure')}: filter, or draw a smaller area`);
    return traces.length > most;
  };
  const show = (what: Open) => () => {
    if (traces.length > 0 && !isMany(what === 'label' ? MOST_LABELED : MOST)) setOpen(what);
  };
  const place = (cause: string | null) =>
    traces.map(
      (subject) => ({ kind: 'trace', subject, field: 'place', value: { cause } }) as const,
    );
  const makeCause = (title: string | null): void => {
    if (title === null) return;
    const id = `c-${crypto.randomUUID().slice(0, 13)}`;
    const from = mostFrequent(failures.map((i) => model.failures[i]?.cluster ?? null));
    decide('split', [
      ...(from === null ? [] : [setField(id, 'splitFrom', from)]),
      setField(id, 'title', title),
      ...place(id),
    ]);
    go(href({ ...address, scope: EVERYTHING, route: { kind: 'cluster', id } }));
  };
  const exclude = (): void => {
    if (!isNarrow(scope)) notify('Filter, search or draw an area first: these are all failures');
    else if (traces.length > 0 && !isMany(MOST)) decide('exclude', place(null));
  };
  /** Says what came of it, and refetches what it changed. */
  const done = async (work: () => Promise<string>): Promise<void> => {
    try {
      notify(await work());
    } catch (error) {
      notify(`Not done. ${reasonOf(error)}`);
    } finally {
      for (const kind of LABELING) void queries.invalidateQueries({ queryKey: [kind, project] });
    }
  };
  useKeys({
    ...guardedKeys(refusal(DECIDE), { n: show('cause'), x: exclude }),
    ...guardedKeys(refusal(ADD), { q: show('queue') }),
    ...guardedKeys(refusal(LABEL), { l: show('label') }),
  });
  return (
    <>
      <Guard route={DECIDE}>
        <Button shortcut="n" onPress={show('cause')}>
          New cause
        </Button>
      </Guard>
      <Guard route={ADD}>
        <Button shortcut="q" onPress={show('queue')}>
          Add to a queue
        </Button>
      </Guard>
      <Guard route={LABEL}>
        <Button shortcut="l" onPress={show('label')}>
          Label
        </Button>
      </Guard>
      <Guard route={DECIDE}>
        <Button shortcut="x" title="They stay failures, without a cause" onPress={exclude}>
          Exclude
        </Button>
      </Guard>
      <TextDialog
        title={`New cause of ${text}`}
        label="What happens in them, in one sentence"
        type="text"
        value=""
        isOpen={open === 'cause'}
        onClose={close}
        onSave={makeCause}
      />
      {open === 'queue' && (
        <QueueDialog
          title={`Add ${text} to a queue`}
          onClose={close}
          onSave={(queue) =>
            void done(async () => {
              const { id, name } = await queue();
              const { added } = await ask(ADD, {
                path: { id },
                body: { subjects: traces },
              });
              void queries.invalidateQueries({ queryKey: [QUEUES, project] });
              return `Added ${plural(added, 'item')} to ${name}`;
            })
          }
        />
      )}
      {open === 'label' && (
        <LabelDialog
          title={`Label ${text}`}
          onClose={close}
          onSave={(label) =>
            void done(async () => {
              for (const subject of traces)
                await ask(LABEL, { body: { kind: 'trace', subject, label } });
              return `Labeled ${text}`;
            })
          }
        />
      )}
    </>
  );
}

/** The cause that most of them have; null if most have none. */
function mostFrequent(causes: readonly (string | null)[]): string | null {
  const counts = [...Map.groupBy(causes, (cause) => cause)];
  counts.sort(([, a], [, b]) => b.length - a.length);
  return counts[0]?.[0] ?? null;
}
