import { type ReactNode, useId, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { OnceLink } from '../people/OnceLink.tsx';
import { pathOf } from '../workspace/addresses.ts';
import { LINKS, type SharedLink, useSharedLinks } from './use-tenants.ts';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|(?:[\w-]+\.)*localhost|\[::1\])$/i;

/** Links by which customers read the report of their own traces; for admins. */
export function Links(props: { readonly names: readonly string[] }): ReactNode {
  const { project, client } = useAsking();
  const { data } = useSharedLinks();
  const { failed, change } = useChange(LINKS);
  const [isOpen, setOpen] = useState(false);
  const [tenant, setTenant] = useState('');
  const [days, setDays] = useState(14);
  const [made, setMade] = useState<{ readonly tenant: string; readonly url: string } | null>(null);
  const id = useId();
  useKeys({ s: () => setOpen(true) });
  const share = async (): Promise<void> => {
    const { link, secret } = await client('POST /shared-links', { body: { tenant, days } });
    setMade({ tenant: link.tenant, url: `${location.origin}/shared/${secret}` });
    setTenant('');
  };
  return (
    <Card title="Reports for customers">
      <p>
        A report of one tenant alone, with no row and no word of another, for whoever has its link.
      </p>
      <ul className="keys-list">
        {data?.map((link) => (
          <li key={link.id}>
            <b dir="auto">{link.tenant}</b> <State link={link} />{' '}
            <span className="dim">
              opened {plural(link.openings, 'time')}
              {link.opened !== null && <>, last {moment(Date.parse(link.opened))} UTC</>}
            </span>{' '}
            <a className="link" href={pathOf(project, `/sessions/${link.session}`)}>
              What it shows<span className="hidden"> to {link.tenant}</span>
            </a>{' '}
            {holds(link) && (
              <Button
                onPress={() =>
                  change(() => client('DELETE /shared-links/{id}', { path: { id: link.id } }))
                }
              >
                Revoke<span className="hidden"> the link of {link.tenant}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="actions">
        <Button main shortcut="s" onPress={() => setOpen(true)}>
          Share a report
        </Button>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      {made !== null && (
        <OnceLink secret={made.url} name="the link">
          The link for {made.tenant} is shown this once. The report is there when its session is
          done.
          {LOOPBACK.test(location.hostname) &&
            ' This server is open to this machine alone, so the link works only here: serve with --host to give it to others.'}
        </OnceLink>
      )}
      <FormDialog
        title="Share a report"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb="Make the link"
        canSave={tenant !== ''}
        onSave={() => change(share)}
      >
        <label htmlFor={`${id}-tenant`}>Tenant</label>
        <input
          id={`${id}-tenant`}
          className="field"
          list={`${id}-tenants`}
          required
          maxLength={500}
          value={tenant}
          onChange={(event) => setTenant(event.target.value)}
        />
        <datalist id={`${id}-tenants`}>
          {props.names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label htmlFor={`${id}-days`}>Days that it holds</label>
        <input
          id={`${id}-days`}
          className="field"
          type="number"
          min={1}
          max={90}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        />
        <p className="dim small">
          Whoever has the link can read the report until then, or until you revoke it. Each reading
          is in the audit log.
        </p>
      </FormDialog>
    </Card>
  );
}

const holds = ({ revoked, expires }: SharedLink): boolean =>
  revoked === null && Date.parse(expires) > Date.now();

function State(props: { readonly link: SharedLink }): ReactNode {
  const { link } = props;
  if (link.revoked !== null) return <Tag kind="unsure">revoked</Tag>;
  if (!holds(link)) return <Tag kind="unsure">expired</Tag>;
  return <Tag kind="pass">until {moment(Date.parse(link.expires))} UTC</Tag>;
}
