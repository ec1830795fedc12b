import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { buildModel } from './model/report-model.ts';
import { verdictOf } from './model/verdict.ts';
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
    const model = buildModel(read.data);
    document.title = `${verdictOf(model.analysis).headline} · Culprit`;
    createRoot(root).render(
      <StrictMode>
        <App model={model} />
      </StrictMode>,
    );
  } else {
    createRoot(root).render(<Empty title="This report cannot be shown">{read.message}</Empty>);
  }
}
