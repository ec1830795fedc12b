import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createLevels } from './model/levels.ts';
import { Empty } from './parts/Empty.tsx';
import { readReport } from './read-report.ts';
import './styles/base.css';
import './styles/layout.css';
import './styles/list.css';
import './styles/map.css';
import './styles/page.css';
import './styles/cluster.css';
import './styles/help.css';
import './styles/trace.css';
import './styles/print.css';

const root = document.getElementById('root');
const embedded = document.getElementById('culprit-data');
if (root !== null) {
  const read = readReport(embedded?.textContent ?? '');
  embedded?.remove();
  if (read.kind === 'report') {
    const levels = createLevels(read.data);
    createRoot(root).render(
      <StrictMode>
        <App levels={levels} />
      </StrictMode>,
    );
  } else {
    createRoot(root).render(<Empty title="This report cannot be shown">{read.message}</Empty>);
  }
}
