import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './client/server-state.ts';
import { appRouter } from './router.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/charts.css';
import '../styles/columns.css';
import '../styles/table.css';
import '../styles/checklist.css';
import '../shell/shell.css';
import '../shell/top.css';
import '../report/views/shell/scope.css';
import '../shell/help.css';
import '../report/views/home/lead.css';
import '../report/views/home/home.css';
import '../report/views/list/list.css';
import '../conversation/pair.css';
import '../report/views/cause/cause.css';
import '../report/views/trace/trace.css';
import '../report/views/map/map.css';
import '../report/views/run/run.css';
import './shell/app.css';
import './shell/palette.css';
import './access/guard.css';
import './home/home-columns.css';
import './cause/decide.css';
import './traces/traces.css';
import './trace/whole-trace.css';
import './activity/activity.css';
import './sources/sources.css';
import './people/people.css';
import './audit/audit.css';
import './sessions/sessions.css';
import '../styles/print.css';

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={newQueryClient()}>
        <RouterProvider router={appRouter()} />
      </QueryClientProvider>
    </StrictMode>,
  );
