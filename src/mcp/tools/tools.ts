import type { Tool } from '../tool.ts';
import { diff } from './diff.ts';
import { getCause } from './get-cause.ts';
import { getTrace } from './get-trace.ts';
import { listCauses } from './list-causes.ts';
import { overview } from './overview.ts';
import { promote } from './promote.ts';
import { propose } from './propose.ts';
import { query } from './query.ts';
import { search } from './search.ts';
import { verify } from './verify.ts';

/** Every tool, in the order of the work. */
export const TOOLS: readonly Tool[] = [
  overview,
  listCauses,
  getCause,
  getTrace,
  search,
  query,
  diff,
  propose,
  promote,
  verify,
];
