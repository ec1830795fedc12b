import { type ReactNode, useState } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import type { CauseDecisions, CauseState } from '../../../contract/decision.ts';
import { Button } from '../../parts/Button.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { Severity } from '../../parts/Severity.tsx';
import { StateDot, stateName } from '../../parts/StateDot.tsx';
import { FIX_COSTS, LAYERS, SEVERITIES } from '../decide/proposed-values.ts';
import { useDecide } from '../decide/use-decide.ts';
import { setField } from './set-field.ts';
import { TextDialog } from './TextDialog.tsx';

const STATES = [
  'new',
  'confirmed',
  'fixing',
  'fixed',
  'regressed',
  'muted',
] as const satisfies readonly CauseState[];

type Text = 'owner' | 'tracker' | null;

/** What people have decided about a cause, each with what it can be changed to. */
export function DecideBar(props: {
  readonly cluster: Cluster;
  readonly own: CauseDecisions;
  readonly onPropose: (proposal: 'accepted' | 'rejected') => void;
  readonly onEdit: () => void;
  /** Asks what has the fix. */
  readonly onFixed: () => void;
}): ReactNode {
  const { cluster, own, onPropose, onEdit, onFixed } = props;
  const { id } = cluster;
  const { decide } = useDecide();
  const [text, setText] = useState<Text>(null);
  const state = own.state ?? 'new';
  const set = <Field extends keyof CauseDecisions>(
    field: Field,
    value: NonNullable<CauseDecisions[Field]> | null,
  ): void => decide(field, [setField(id, field, value)]);
  const clear = (field: keyof CauseDecisions) =>
    own[field] === undefined ? undefined : () => set(field, null);
  const toState = (value: CauseState): void => {
    if (value === 'fixed') {
      onFixed();
      return;
    }
    // A cause that came back keeps what it was fixed in.
    const isOver = own.fixedIn !== undefined && value !== 'regressed';
    decide('state', [
      setField(id, 'state', value),
      ...(isOver ? [setField(id, 'fixedIn', null)] : []),
    ]);
  };
  return (
    <fieldset className="decide" aria-label="Decisions">
      <Button
        shortcut="a"
        pressed={own.proposal === 'accepted'}
        onPress={() => onPropose('accepted')}
      >
        Accept
      </Button>
      <Button shortcut="e" pressed={own.proposal === 'edited'} onPress={onEdit}>
        Edit
      </Button>
      <Button
        shortcut="x"
        pressed={own.proposal === 'rejected'}
        onPress={() => onPropose('rejected')}
      >
        Reject
      </Button>
      <span className="actions-line" />
      <Choice
        label="State"
        options={STATES.map((value) => ({ value, text: stateName(value) }))}
        chosen={state}
        onChoose={toState}
      >
        <StateDot state={state} /> {stateName(state)}
      </Choice>
      <Choice
        label="Severity"
        options={SEVERITIES.map(([value, meaning]) => ({ value, text: `${value}, ${meaning}` }))}
        chosen={cluster.severity}
        onChoose={(value) => set('severity', value)}
        onClear={clear('severity')}
      >
        {cluster.severity !== null && <Severity value={cluster.severity} />}
      </Choice>
      <Choice
        label="Fix cost"
        options={FIX_COSTS.map(([value, meaning]) => ({ value, text: `${value}, ${meaning}` }))}
        chosen={own.fixCost ?? null}
        onChoose={(value) => set('fixCost', value)}
        onClear={clear('fixCost')}
      >
        {own.fixCost ?? <span className="dim">usually {cluster.fixCost ?? 'not known'}</span>}
      </Choice>
      <Choice
        label="Layer"
        options={LAYERS.map((value) => ({ value, text: value }))}
        chosen={cluster.layer}
        onChoose={(value) => set('layer', value)}
        onClear={clear('layer')}
      >
        {cluster.layer === 'unknown' && cluster.usualLayer !== 'unknown' ? (
          <span className="dim">usually {cluster.usualLayer}</span>
        ) : (
          cluster.layer
        )}
      </Choice>
      <button type="button" className="choice" onClick={() => setText('owner')}>
        <span className="choice-label">Owner</span>{' '}
        {own.owner ?? <span className="dim">assign</span>}
      </button>
      <button type="button" className="choice" onClick={() => setText('tracker')}>
        <span className="choice-label">Tracker</span>{' '}
        {own.tracker === undefined ? <span className="dim">link</span> : shortLink(own.tracker)}
      </button>
      {own.tracker !== undefined && (
        <a className="link small" href={own.tracker} target="_blank" rel="noreferrer noopener">
          Open ↗<span className="hidden"> in the tracker</span>
        </a>
      )}
      <TextDialog
        title="Owner"
        label="Who fixes it"
        type="text"
        value={own.owner ?? ''}
        isOpen={text === 'owner'}
        onClose={() => setText(null)}
        onSave={(value) => set('owner', value)}
      />
      <TextDialog
        title="Tracker"
        label="Address of the issue, with https://"
        type="url"
        value={own.tracker ?? ''}
        isOpen={text === 'tracker'}
        onClose={() => setText(null)}
        onSave={(value) => set('tracker', value)}
      />
    </fieldset>
  );
}

/** The last part of an address, which names the issue. */
function shortLink(address: string): string {
  const parts = address.split(/[/#?]/).filter(Boolean);
  return (parts.at(-1) ?? address).slice(0, 24);
}
