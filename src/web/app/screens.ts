import { aboutScreen } from './about/about-screen.tsx';
import { activityScreen } from './activity/activity-screen.tsx';
import { agreementScreen } from './agreement/agreement-screen.tsx';
import { aloneScreen } from './alone/alone-screen.tsx';
import { auditScreen } from './audit/audit-screen.tsx';
import { causeScreen } from './cause/cause-screen.tsx';
import { compareScreen } from './compare/compare-screen.tsx';
import { failuresScreen } from './failures/failures-screen.tsx';
import { homeScreen } from './home/home-screen.tsx';
import { labelScreen } from './label/label-screen.tsx';
import { mapScreen } from './map/map-screen.tsx';
import { peopleScreen } from './people/people-screen.tsx';
import { proposalsScreen } from './proposals/proposals-screen.tsx';
import type { Screen } from './screen.ts';
import { newSessionScreen } from './sessions/new-session-screen.tsx';
import { sessionScreens } from './sessions/session-screen.tsx';
import { sessionsScreen } from './sessions/sessions-screen.tsx';
import { twoSessionsScreen } from './sessions/two-sessions-screen.tsx';
import { sourcesScreen } from './sources/sources-screen.tsx';
import { taxonomyScreen } from './taxonomy/taxonomy-screen.tsx';
import { tenantsScreen } from './tenants/tenants-screen.tsx';
import { traceScreen } from './trace/trace-screen.tsx';
import { tracesScreen } from './traces/traces-screen.tsx';
import { runScreen, verifyScreen } from './verify/verify-screen.tsx';
import { versionsScreen } from './versions/versions-screen.tsx';
import { watchScreen } from './watch/watch-screen.tsx';

/** Every page of a project, in the order of the rail. */
export const SCREENS: readonly Screen[] = [
  homeScreen,
  causeScreen,
  failuresScreen,
  aloneScreen,
  proposalsScreen,
  compareScreen,
  versionsScreen,
  tenantsScreen,
  labelScreen,
  taxonomyScreen,
  agreementScreen,
  verifyScreen,
  runScreen,
  tracesScreen,
  traceScreen,
  mapScreen,
  watchScreen,
  sessionsScreen,
  newSessionScreen,
  ...sessionScreens,
  twoSessionsScreen,
  activityScreen,
  auditScreen,
  sourcesScreen,
  peopleScreen,
  aboutScreen,
];
