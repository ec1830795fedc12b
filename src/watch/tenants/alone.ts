import { CulpritError } from '../../contract/culprit-error.ts';
import type { Trace } from '../../contract/trace.ts';
import { closestName } from '../../text/closest-name.ts';
import { plural } from '../../text/format.ts';

/** Names that an error may choose from. */
const MOST_NAMES = 4_000;

/**
 * Of traces from a shared input, those of one tenant, with nothing that depends on the others: the place in the file goes,
 * which tells how many there are, and so do ids that were made up from that place. What is made of the result equals what
 * is made of a file that holds this tenant alone.
 * @throws CulpritError `invalid_option` where there is no such tenant.
 */
export async function aloneTraces(
  traces: AsyncIterable<Trace>,
  tenant: string,
): Promise<readonly Trace[]> {
  const own: Trace[] = [];
  const others = new Set<string>();
  const taken = new Set<string>();
  for await (const trace of traces) {
    if (trace.tenant === tenant) own.push(placeless(trace, tenant, own.length + 1, taken));
    else if (trace.tenant !== null && others.size < MOST_NAMES) others.add(trace.tenant);
  }
  if (own.length === 0) throw noSuchTenant(tenant, [...others]);
  return own;
}

function placeless(trace: Trace, tenant: string, nth: number, taken: Set<string>): Trace {
  const { format } = trace.origin;
  const given = givenId(trace);
  const id = given === null || taken.has(given) ? `${tenant}:${nth}` : given;
  taken.add(id);
  return {
    ...trace,
    id,
    origin: { file: tenant, format, line: null },
  };
}

/**
 * The id that was recorded; null where none was. A run of an id that an earlier one had, perhaps of another tenant, was
 * named `<id>:<line>`, then `<id>:<line>:<file>`, then `<id>:<line>#<n>`, which tells of the other.
 */
function givenId({ id, origin: { file, line } }: Trace): string | null {
  if (id.startsWith(`${file}:`)) return null;
  const name = id.replace(/#\d{1,9}$/, '');
  const place = line === null ? -1 : `${name}:`.lastIndexOf(`:${line}:`);
  return place < 0 ? name : name.slice(0, place);
}

function noSuchTenant(tenant: string, others: readonly string[]): CulpritError {
  if (others.length === 0)
    return new CulpritError('invalid_option', 'tenant: no trace names a tenant', {
      option: 'tenant',
    });
  const near = closestName(tenant, others);
  return new CulpritError(
    'invalid_option',
    `tenant: no trace is of ${tenant}${near === null ? '.' : `; did you mean ${near}?`} There are traces of ${plural(others.length, 'tenant')}`,
    { option: 'tenant' },
  );
}
