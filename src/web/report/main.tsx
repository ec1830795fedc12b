import { mount } from '../shell/mount.tsx';
import { App } from './App.tsx';
import { Archive, createArchive } from './hooks/use-archive.ts';
import { createLevels } from './model/levels.ts';
import { readReport } from './read-report.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/charts.css';
import '../styles/columns.css';
import '../styles/table.css';
import '../styles/checklist.css';
import '../shell/shell.css';
import '../shell/top.css';
import './views/shell/scope.css';
import '../shell/help.css';
import './views/home/lead.css';
import './views/home/home.css';
import './views/list/list.css';
import '../conversation/pair.css';
import './views/cause/cause.css';
import './views/trace/trace.css';
import './views/map/map.css';
import './views/run/run.css';
import '../styles/print.css';

mount(readReport, (data) => (
  <Archive value={createArchive(data.archive)}>
    <App levels={createLevels(data)} />
  </Archive>
));
