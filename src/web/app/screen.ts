import type { RouteComponent } from '@tanstack/react-router';
import type { IconName } from '../parts/Icon.tsx';
import type { KeyHelp } from '../shell/key-help.ts';
import type { GuardedRoute } from './access/refusal.ts';

/** A key, what it does, and the route that it asks, where not everybody may. */
export type ScreenKey = KeyHelp | readonly [...KeyHelp, GuardedRoute];

/** One page of a project. Its folder holds all that only it needs. */
export interface Screen {
  /** Below `/p/<project>`, with `$name` for what varies: `/causes/$cause`. */
  readonly path: `/${string}`;
  /** As the rail and the palette call it. */
  readonly name: string;
  /** Its place in the rail; null for pages that others lead to. */
  readonly icon: IconName | null;
  /** Whether it shows an analysis; without one, it is replaced by what to do. */
  readonly needsAnalysis: boolean;
  /** Its keys, for the strip at the bottom and the help. */
  readonly keys: readonly ScreenKey[];
  /** What it asks the server for, where not everybody may: others do not see the page. */
  readonly route?: GuardedRoute;
  /** The page that Esc leads to; Home unless it says so. */
  readonly parent?: `/${string}`;
  readonly view: RouteComponent;
}
