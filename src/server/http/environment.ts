import type { Scope } from '../../store/workspace/workspace.ts';
import type { HttpBindings } from '../packages.ts';
import type { Access, CheckAccess } from './access.ts';

/** What every handler finds in the context of its request. */
export interface Environment {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    /** Set for every request. */
    readonly checkAccess: CheckAccess;
    /** Who sent the request; set by `needs`. */
    readonly access: Access;
    /** What the route needs; set by `needs`. */
    readonly scope: Scope;
  };
}
