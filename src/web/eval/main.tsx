import { mount } from '../shell/mount.tsx';
import { App } from './App.tsx';
import { HistoryApp } from './HistoryApp.tsx';
import { createRunModel } from './model/run-model.ts';
import { readEval } from './read-eval.ts';
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
import '../conversation/pair.css';
import './views/verdict.css';
import './views/cases.css';
import './views/case.css';
import './views/history.css';
import '../styles/print.css';

mount(readEval, (data) =>
  data.kind === 'run' ? <App model={createRunModel(data)} /> : <HistoryApp data={data} />,
);
