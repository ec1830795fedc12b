import { type ReactNode, useId, useMemo, useState } from 'react';
import { count, plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { ScopedCause } from '../../report/model/scoped.ts';
import { TraceList } from '../../report/views/list/TraceList.tsx';
import { useLatest, useLosses } from '../client/queries.ts';
import { useDecide } from '../decide/use-decide.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { MemberFilters } from './MemberFilters.tsx';
import { type ChosenValues, hasValues, memberFilters } from './member-filters.ts';
import { setField } from './set-field.ts';
import { TextDialog } from './TextDialog.tsx';

/** The failures of a cause, filtered by their words and by what is recorded of them; chosen ones can be moved, left out or split off. */
export function Members(props: {
  readonly cause: ScopedCause;
  readonly isSelecting: boolean;
  readonly onSelecting: (isSelecting: boolean) => void;
}): ReactNode {
  const { cause, isSelecting, onSelecting } = props;
  const { model, causes } = useWorkspace();
  const { decide } = useDecide();
  const { address, href, go } = useNavigation();
  const id = useId();
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isNaming, setNaming] = useState(false);
  const [target, setTarget] = useState('');
  const [values, setValues] = useState<ChosenValues>({});
  const { data: latest } = useLatest();
  const { data: columns = null } = useLosses(latest?.analysis?.id);
  const filters = useMemo(
    () => memberFilters(model, cause.members, columns),
    [model, cause.members, columns],
  );
  const matching = useMemo(
    () => cause.members.filter((i) => matches(model, i, filter)),
    [model, cause.members, filter],
  );
  const shown = useMemo(
    () => matching.filter((i) => hasValues(filters, values, i)),
    [matching, filters, values],
  );
  const { cluster } = cause;
  const done = (): void => {
    setChosen(new Set());
    onSelecting(false);
  };
  const traces = [...chosen].flatMap((i) => model.failures[i]?.traceId ?? []);
  const place = (action: string, to: string | null): void => {
    decide(
      action,
      traces.map((subject) => ({ kind: 'trace', subject, field: 'place', value: { cause: to } })),
    );
    done();
  };
  const splitOff = (title: string | null): void => {
    if (title === null) return;
    const made = `c-${crypto.randomUUID().slice(0, 13)}`;
    decide('split', [
      setField(made, 'splitFrom', cluster.id),
      setField(made, 'title', title),
      ...traces.map(
        (subject) => ({ kind: 'trace', subject, field: 'place', value: { cause: made } }) as const,
      ),
    ]);
    done();
    go(href({ ...address, route: { kind: 'cluster', id: made } }));
  };
  const toggle = (i: number): void =>
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(i)) next.add(i);
      return next;
    });
  return (
    <Card
      title={
        <>
          Its failures{' '}
          <span className="dim" aria-live="polite">
            {shown.length === cause.members.length
              ? count(shown.length)
              : `${count(shown.length)} of ${count(cause.members.length)}`}
          </span>
        </>
      }
      aside={
        <input
          type="search"
          className="field members-filter"
          value={filter}
          placeholder="Filter"
          aria-label="Filter its failures by words, version, tenant or id"
          onChange={(event) => setFilter(event.target.value)}
        />
      }
      flush
    >
      <MemberFilters filters={filters} failures={matching} chosen={values} onChoose={setValues} />
      {isSelecting && (
        <fieldset className="members-bar" aria-label="What to do with the chosen failures">
          <Button
            onPress={() => setChosen(chosen.size === shown.length ? new Set() : new Set(shown))}
          >
            {chosen.size === shown.length ? 'Choose none' : `Choose all ${count(shown.length)}`}
          </Button>
          <span aria-live="polite">{plural(chosen.size, 'failure')} chosen</span>
          {chosen.size > 0 && (
            <>
              <Button onPress={() => setNaming(true)}>Split off</Button>
              <label htmlFor={id} className="hidden">
                Move to
              </label>
              <select
                id={id}
                className="field"
                value={target}
                onChange={(event) => {
                  setTarget('');
                  place('move', event.target.value);
                }}
              >
                <option value="" disabled>
                  Move to …
                </option>
                {causes
                  .filter((other) => other.cluster.id !== cluster.id)
                  .map(({ cluster: other }) => (
                    <option key={other.id} value={other.id}>
                      {other.title.replaceAll('`', '')}
                    </option>
                  ))}
              </select>
              <Button
                title="They stay failures, without a cause"
                onPress={() => place('exclude', null)}
              >
                Exclude
              </Button>
            </>
          )}
        </fieldset>
      )}
      {shown.length === 0 ? (
        <p className="card-note">None matches. Filter for fewer words or values.</p>
      ) : (
        <TraceList
          model={model}
          failures={shown}
          label="Failures of this cause"
          withCause={false}
          {...(isSelecting && { chosen, onToggle: toggle })}
        />
      )}
      <TextDialog
        title={`Split off ${plural(chosen.size, 'failure')}`}
        label="What happens in them, in one sentence"
        type="text"
        value=""
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        onSave={splitOff}
      />
    </Card>
  );
}

function matches({ failures }: ReportModel, i: number, filter: string): boolean {
  const failure = failures[i];
  if (failure === undefined) return false;
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { traceId, input, shown, tenant, promptVersion, release, model } = failure;
  const text = [traceId, input, shown, tenant, promptVersion, release, model]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
