import * as z from 'zod';
import { layerSchema } from './category.ts';
import { intervalSchema } from './interval.ts';
import { rateShape } from './rate-shape.ts';
import { statementSchema } from './signal.ts';

/** The format of `culprit tenants --json`. It increases when a field changes its meaning or is removed. */
export const TENANTS_VERSION = 1;

const hideable = (what: string) => `${what}; null where it is hidden`;

const rates = rateShape(
  hideable('failures per 1,000 traces; also null where there are no rates (`noRates`)'),
);

const tenantSchema = z
  .object({
    name: z.string().describe('of the tenant, or `12 others` for those that are counted together'),
    pooled: z
      .number()
      .int()
      .describe(
        'tenants counted together in this column, each with too few traces; 1 for one alone',
      ),
    traces: z.number().int().describe('eligible traces'),
    failures: z.number().nullable().describe(hideable('failures, estimated where it is a sample')),
    ...rates,
  })
  .readonly();

/** A column of the table: one tenant, or the small ones together. */
export type Tenant = z.infer<typeof tenantSchema>;

/** How a tenant stands against the rest. The first three passed the test (q < 0.05). */
const TENANT_STANDINGS = ['only here', 'more', 'less', 'same', 'cannot tell'] as const;
export type TenantStanding = (typeof TENANT_STANDINGS)[number];

const cellSchema = z
  .object({
    isHidden: z
      .boolean()
      .describe(
        'from 1 to 4 failures, or a cell from which such a one could be worked out; which of the two is not said',
      ),
    failures: z.number().nullable().describe(hideable('failures, estimated where it is a sample')),
    ...rates,
    expected: z
      .number()
      .nullable()
      .describe(
        'failures that it would have with its own mix of traffic and the rates of the rest; null where hidden, and without rates',
      ),
    lift: z
      .number()
      .nullable()
      .describe('failures ÷ expected; null where nothing is expected, and where hidden'),
    liftInterval: intervalSchema.nullable().describe('95%; null where there is no lift above 0'),
    q: z
      .number()
      .nullable()
      .describe(
        'Fisher or score test, with several groups of traffic Cochran-Mantel-Haenszel; Benjamini-Hochberg over tenants × causes; null below 20 traces or 5 failures',
      ),
    standing: z.enum(TENANT_STANDINGS).nullable().describe(hideable('against the rest')),
  })
  .readonly();

/** One cause at one tenant. */
export type TenantCell = z.infer<typeof cellSchema>;

/**
 * `only here`: one tenant has it and no other; `stands out`: more at some tenants; `everywhere`: every tenant has it, and
 * none stands out; `cannot tell`: none of these.
 */
const REACHES = ['only here', 'stands out', 'everywhere', 'cannot tell'] as const;
const rowSchema = z
  .object({
    id: z.string().describe('of the cluster, as in the report'),
    title: z.string(),
    category: z.string(),
    layer: layerSchema,
    severity: z.number().nullable(),
    isNamed: z.boolean().describe('false: failures that no cause explains'),
    failures: z.number().nullable().describe(hideable('of all tenants')),
    ...rates,
    reach: z.enum(REACHES),
    where: z
      .array(z.string())
      .readonly()
      .describe('tenants that have more of it than the rest, highest lift first'),
    cells: z.array(cellSchema).readonly().describe('in the order of `tenants`'),
  })
  .readonly();

/** One cause at every tenant. */
export type TenantRow = z.infer<typeof rowSchema>;

export const tenantsSchema = z
  .object({
    version: z.literal(TENANTS_VERSION),
    toolVersion: z.string(),
    headline: statementSchema.describe('what differs between tenants, in one sentence'),
    noRates: z.string().nullable().describe('why no rates can be computed; null where they are'),
    traces: z.number().int().describe('eligible traces that name a tenant'),
    withoutTenant: z.number().int().describe('eligible traces that name none: not in the table'),
    failures: z.number().nullable().describe(hideable('of `traces`')),
    mix: z
      .array(z.string())
      .readonly()
      .describe('what the traffic is compared by, like with like: `operation`, `language`, …'),
    tenants: z.array(tenantSchema).readonly().describe('most traces first, the pool last'),
    causes: z
      .array(rowSchema)
      .readonly()
      .describe('in order of rank; every failure is in one of them'),
    hiddenCells: z.number().int().describe('so that no count from 1 to 4 can be worked out'),
    floor: z
      .object({ traces: z.number().int(), failures: z.number().int() })
      .readonly()
      .describe('a tenant with fewer traces is pooled; a count below `failures`, not 0, is hidden'),
    remarks: z.array(z.string()).readonly().describe('what to know when reading the figures'),
  })
  .readonly();

/** What `culprit tenants --json` prints: causes by tenant, without what would give a single trace away. */
export type Tenants = z.infer<typeof tenantsSchema>;
