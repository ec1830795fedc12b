import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Empty } from '../parts/Empty.tsx';
import { App } from './App.tsx';
import { Archive, createArchive } from './hooks/use-archive.ts';
import { createLevels } from './model/levels.ts';
import { readReport } from './read-report.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/charts.css';
import '../styles/table.css';
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

const root = document.getElementById('root');
const embedded = document.getElementById('culprit-data');
if (root !== null) {
  const read = readReport(embedded?.textContent ?? '');
  embedded?.remove();
  if (read.kind === 'report') {
    const levels = createLevels(read.data);
    const archive = createArchive(read.data.archive);
    createRoot(root).render(
      <StrictMode>
        <Archive value={archive}>
          <App levels={levels} />
        </Archive>
      </StrictMode>,
    );
  } else {
    createRoot(root).render(
      <main>
        <Empty title="This report cannot be shown">{read.message}</Empty>
      </main>,
    );
  }
}
