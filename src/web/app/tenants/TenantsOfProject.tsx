import { type ReactNode, useMemo, useState } from 'react';
import type { TenantRow, Tenants } from '../../../contract/tenants.ts';
import { TenantsPage } from '../../change/views/tenants/TenantsPage.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { May } from '../access/Guard.tsx';
import { useSignIn } from '../access/use-sign-in.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { Links } from './Links.tsx';
import { useTenants } from './use-tenants.ts';
import '../../styles/heat.css';
import '../../change/views/change.css';

const PARTS = ['all', 'only here', 'everywhere'] as const;
type Part = (typeof PARTS)[number];

const NAMES: Readonly<Record<Part, string>> = {
  all: 'All causes',
  'only here': 'Here more than elsewhere',
  everywhere: 'Everywhere',
};

const isIn = ({ reach }: TenantRow, part: Part): boolean =>
  part === 'all' ||
  (part === 'everywhere' ? reach === part : reach === 'only here' || reach === 'stands out');

/** Which causes are one customer's and which are everybody's, and the reports that customers were given. */
export function TenantsOfProject(): ReactNode {
  const { project } = useAsking();
  const { data, error } = useTenants();
  // Links ask the server as soon as they are shown.
  const isKnown = !useSignIn().isPending;
  const [part, setPart] = useState<Part>('all');
  const shown = useMemo((): Tenants | null => {
    if (!data) return null;
    return { ...data, causes: data.causes.filter((cause) => isIn(cause, part)) };
  }, [data, part]);
  if (data === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'One moment' : reasonOf(error)}</h1>;
  if (data === null || shown === null)
    return (
      <>
        <h1 tabIndex={-1}>Tenants</h1>
        <Empty title="No trace names a tenant">
          <p>
            Send the customer of each trace along, such as the attribute <code>tenant.id</code>. The
            next analysis counts causes by it. Sources has the line for your SDK.
          </p>
        </Empty>
      </>
    );
  const isNone = shown.causes.length === 0 && data.causes.length > 0;
  return (
    <div className="change stack">
      <TenantsPage
        tenants={shown}
        empty={isNone ? `No cause is of that kind: ${NAMES[part].toLowerCase()}` : undefined}
        hrefOf={(id) => pathOf(project, `/causes/${encodeURIComponent(id)}`)}
      >
        <Segments
          label="Which causes"
          options={PARTS.map((value) => ({ value, text: NAMES[value] }))}
          chosen={part}
          onChoose={setPart}
        />
      </TenantsPage>
      {isKnown && (
        <May route="GET /shared-links">
          <Links
            names={data.tenants.filter(({ pooled }) => pooled === 1).map(({ name }) => name)}
          />
        </May>
      )}
    </div>
  );
}
