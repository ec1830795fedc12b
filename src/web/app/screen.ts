import type { RouteComponent } from '@tanstack/react-router';
import type { IconName } from '../parts/Icon.tsx';
import type { KeyHelp } from '../shell/key-help.ts';
import type { GuardedRoute } from './access/refusal.ts';

/** A key, what it does, and the route it uses if not everybody may. */
export type ScreenKey = KeyHelp | readonly [...KeyHelp, GuardedRoute];

/** One page of a project. Its folder holds everything that only this page needs. */
export interface Screen {
  /** Below `/p/<project>`, with `$name` for what varies: `/causes/$cause`. */
  readonly path: `/${string}`;
  /** As the rail and the palette call it. */
  readonly name: string;
  /** Its place in the rail; null for pages that others lead to. */
  readonly icon: IconName | null;
  /** Whether it shows an analysis. Without one, the page says what to do instead. */
  readonly needsAnalysis: boolean;
  /** Its keys, for the strip at the bottom and the help. */
  readonly keys: readonly ScreenKey[];
  /** A route that not everybody may use: people who may not do not see the page. */
  readonly route?: GuardedRoute;
  /** The page that Esc leads to; Home unless it says so. */
  readonly parent?: `/${string}`;
  readonly view: RouteComponent;
}
