import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import type { Schemas } from '../../../client/client.ts';
import type { FixedIn } from '../../../contract/decision.ts';
import { moment } from '../../../text/moments.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAsking } from '../client/asking.ts';
import { useChoices } from '../compare/compare-queries.ts';
import { useDecide } from '../decide/use-decide.ts';
import { setField } from './set-field.ts';

/** Marks a cause as fixed: in which version, where, and since when; the newest deploy unless another is chosen. */
export function FixDialog(props: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { id, onClose } = props;
  const { project, client } = useAsking();
  const { decide } = useDecide();
  const form = useId();
  const { data: choices } = useChoices({});
  const { data: deploys } = useQuery({
    queryKey: ['deploys', project],
    queryFn: async () => (await client('GET /deploys')).items,
  });
  const [chosen, setChosen] = useState<number | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  const [now] = useState(Date.now);
  const versions =
    choices === undefined || deploys === undefined ? null : versionsOf(deploys, choices, now);
  const version = versions?.[chosen ?? 0];
  const environment = place ?? version?.environment ?? '';
  const environments = new Set([
    ...(choices?.environments ?? []),
    ...(version?.environment ? [version.environment] : []),
  ]);
  return (
    <FormDialog
      title="Mark as fixed"
      isOpen
      onClose={onClose}
      verb="Mark as fixed"
      canSave={version !== undefined}
      onSave={() => {
        if (version === undefined) return;
        const { label: _, ...bound } = version;
        decide('fixed', [
          setField(id, 'state', 'fixed'),
          setField(id, 'fixedIn', { ...bound, environment }),
        ]);
      }}
    >
      <label htmlFor={`${form}-version`}>Which version has the fix</label>
      <select
        id={`${form}-version`}
        className="field"
        value={chosen ?? 0}
        onChange={({ target }) => setChosen(Number(target.value))}
      >
        {versions?.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
      <label htmlFor={`${form}-environment`}>Where it runs</label>
      <select
        id={`${form}-environment`}
        className="field"
        value={environment}
        onChange={({ target }) => setPlace(target.value)}
      >
        <option value="">everywhere</option>
        {[...environments].map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <p className="dim small">
        Failures of older versions and of other places never reopen it. It is reopened when, from
        this version on, surely more than a third of its failures are left.
      </p>
    </FormDialog>
  );
}

type Version = FixedIn & { readonly label: string };

/** Deploys, newest first; where there are none, the versions that were seen; and all versions from now on. */
function versionsOf(
  deploys: readonly Schemas['Deploy'][],
  { releases, promptVersions }: Schemas['ComparisonChoices'],
  now: number,
): readonly Version[] {
  const deployed = deploys.map(({ at, release, promptVersion, model, environment }): Version => {
    const version = release !== '' ? 'release' : promptVersion !== '' ? 'promptVersion' : 'model';
    const value = release || promptVersion || model;
    const time = Date.parse(at);
    const label = `${value}${environment === '' ? '' : `, ${environment}`}, deployed ${moment(time)}`;
    return { version, value, environment, at: time, label };
  });
  const seen = (version: 'release' | 'promptVersion', values: typeof releases): Version[] =>
    values.map(({ value, first }) => ({
      ...{ version, value, environment: '', at: Date.parse(first) },
      label: `${value}, first seen ${moment(Date.parse(first))}`,
    }));
  return [
    ...(deployed.length > 0
      ? deployed
      : [...seen('release', releases), ...seen('promptVersion', promptVersions)]),
    { version: 'release', value: '', environment: '', at: now, label: 'all versions, from now on' },
  ];
}
