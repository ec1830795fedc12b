import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import {
  type Taxonomy,
  type TaxonomyCategory,
  taxonomyCategorySchema,
  taxonomySchema,
} from '../contract/taxonomy.ts';

const LONGEST = 4_000_000;
const DEEPEST = 20;

interface FileCategory extends Partial<Omit<TaxonomyCategory, 'parent'>> {
  readonly children?: readonly FileCategory[];
}

/** The taxonomy as a file for git: a tree, one category after the other, without what is empty. */
export function taxonomyYaml({ version, ratified, categories }: Taxonomy): string {
  const below = Map.groupBy(categories, ({ parent }) => parent);
  const tree = (parent: string | null): FileCategory[] =>
    (below.get(parent) ?? []).map(({ parent: _, examples, crosswalk, ...category }) => ({
      ...category,
      ...(examples.length > 0 ? { examples } : {}),
      ...(Object.keys(crosswalk).length > 0 ? { crosswalk } : {}),
      ...(below.has(category.id) ? { children: tree(category.id) } : {}),
    }));
  return stringify({ version, ratified, categories: tree(null) }, { lineWidth: 120 });
}

/**
 * Reads what `taxonomyYaml` writes, or what people write: `id` and `name` suffice, the rest has defaults (severity 3,
 * fix cost 1, layer unknown, version 1).
 * @throws CulpritError `invalid_input` with the place of what is wrong.
 */
export function parseTaxonomy(text: string): Taxonomy {
  if (text.length > LONGEST) throw wrong('the file is larger than 4 MB');
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw wrong((cause as Error).message, cause);
  }
  const file = fileSchema.safeParse(raw);
  if (!file.success) throw wrong(issue(file.error), file.error);
  const categories: unknown[] = [];
  const flatten = (list: readonly unknown[], parent: string | null, depth: number): void => {
    if (depth > DEEPEST) throw wrong(`categories stand more than ${DEEPEST} deep`);
    for (const each of list) {
      const { children = [], ...fields } = nodeSchema.parse(each);
      categories.push({ ...DEFAULTS, ...fields, parent });
      flatten(children, String(fields['id']), depth + 1);
    }
  };
  try {
    flatten(file.data.categories, null, 1);
  } catch (cause) {
    if (cause instanceof z.ZodError) throw wrong(issue(cause), cause);
    throw cause;
  }
  const read = z.array(taxonomyCategorySchema).safeParse(categories);
  if (!read.success) {
    const at = categories[Number(read.error.issues[0]?.path[0])] as { id?: unknown } | undefined;
    throw wrong(`category ${JSON.stringify(at?.id ?? null)}: ${issue(read.error, 1)}`, read.error);
  }
  const ids = new Set<string>();
  for (const { id } of read.data) {
    if (ids.has(id)) throw wrong(`the id ${id} stands twice`);
    ids.add(id);
  }
  return taxonomySchema.parse({ ...file.data, categories: read.data });
}

const fileSchema = z.object({
  version: z.int().positive().default(1),
  ratified: taxonomySchema.unwrap().shape.ratified.default(null),
  categories: z.array(z.unknown()).min(1),
});

const nodeSchema = z.looseObject({ children: z.array(z.unknown()).optional() });

const DEFAULTS = {
  definition: '',
  severity: 3,
  layer: 'unknown',
  fixCost: 1,
  examples: [],
  crosswalk: {},
};

const issue = ({ issues }: z.ZodError, skip = 0): string =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => {
      const place = path.slice(skip).join('.');
      return place === '' ? message : `${place}: ${message}`;
    })
    .join('; ');

const wrong = (detail: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_input', `taxonomy: ${detail}`, { cause });
