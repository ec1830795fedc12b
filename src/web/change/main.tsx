import type { ReactNode } from 'react';
import type { ChangeReport } from '../../contract/change-report.ts';
import { Archive, createArchive } from '../report/hooks/use-archive.ts';
import { mount } from '../shell/mount.tsx';
import { DiffApp } from './DiffApp.tsx';
import { createDiffModel } from './model/diff-model.ts';
import { readChange } from './read-change.ts';
import { TenantsApp } from './TenantsApp.tsx';
import { TrendApp } from './TrendApp.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/charts.css';
import '../styles/columns.css';
import '../styles/table.css';
import '../styles/heat.css';
import '../shell/shell.css';
import '../shell/top.css';
import '../shell/help.css';
import '../report/views/list/list.css';
import '../conversation/pair.css';
import '../report/views/cause/cause.css';
import '../report/views/trace/trace.css';
import '../report/views/map/map.css';
import './views/change.css';
import './views/diff/diff.css';
import './views/trend/trend.css';
import '../styles/print.css';

mount(readChange, pageOf);

function pageOf(data: ChangeReport): ReactNode {
  switch (data.kind) {
    case 'diff':
      return (
        <Archive value={createArchive(data.report.archive)}>
          <DiffApp model={createDiffModel(data)} />
        </Archive>
      );
    case 'tenants':
      return <TenantsApp tenants={data.tenants} />;
    case 'trend':
      return <TrendApp trend={data.trend} />;
  }
}
