import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Empty } from '../parts/Empty.tsx';
import { App } from './App.tsx';
import { HistoryApp } from './HistoryApp.tsx';
import { createRunModel } from './model/run-model.ts';
import { readEval } from './read-eval.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/charts.css';
import '../styles/table.css';
import '../styles/heat.css';
import '../shell/shell.css';
import '../shell/top.css';
import '../shell/help.css';
import '../conversation/pair.css';
import './views/verdict.css';
import './views/cases.css';
import './views/case.css';
import './views/history.css';
import '../styles/print.css';

const root = document.getElementById('root');
const embedded = document.getElementById('culprit-data');
if (root !== null) {
  const read = readEval(embedded?.textContent ?? '');
  embedded?.remove();
  createRoot(root).render(
    <StrictMode>
      {read.kind === 'unreadable' ? (
        <main>
          <Empty title="This report cannot be shown">
            <p>{read.message} Create it again with --out.</p>
          </Empty>
        </main>
      ) : read.data.kind === 'run' ? (
        <App model={createRunModel(read.data)} />
      ) : (
        <HistoryApp data={read.data} />
      )}
    </StrictMode>,
  );
}
