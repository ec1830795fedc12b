import type { ReactNode } from 'react';
import type { Tenants } from '../../contract/tenants.ts';
import { plural } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { OneScreen } from '../shell/OneScreen.tsx';
import { TenantsPage } from './views/tenants/TenantsPage.tsx';

/** The report of causes by tenant: its frame and its one screen. */
export function TenantsApp(props: { readonly tenants: Tenants }): ReactNode {
  const { tenants } = props;
  return (
    <OneScreen
      name="Tenants"
      icon="traces"
      title={statementText(tenants.headline).replaceAll('`', '')}
      toolVersion={tenants.toolVersion}
      scope={
        <>
          <b>{plural(tenants.traces, 'trace')}</b>{' '}
          <span className="dim">
            of{' '}
            {plural(
              tenants.tenants.reduce((sum, { pooled }) => sum + pooled, 0),
              'tenant',
            )}
          </span>
        </>
      }
    >
      <TenantsPage tenants={tenants} />
    </OneScreen>
  );
}
