import { fieldRows } from './field-rows.ts';
import type { Operation, Schemas } from './openapi.ts';

/** Words by which each route is found: method, path, what it does, its tag, its scope, and the names of all that it takes and gives. */
export function searchTexts(
  operations: readonly Operation[],
  schemas: Schemas,
): ReadonlyMap<Operation, string> {
  return new Map(
    operations.map((each) => {
      const bodies = [each.body, ...each.answers.map(({ body }) => body)];
      const fields = bodies.flatMap((body) =>
        body === null ? [] : fieldRows(body.schema, schemas).map(({ name }) => name),
      );
      const parameters = each.parameters.flatMap(({ name, description = '' }) => [
        name,
        description,
      ]);
      const own = [each.method, each.path, each.summary, each.tag, each.scope ?? '', each.id];
      return [each, [...own, ...parameters, ...fields].join(' ').toLowerCase()];
    }),
  );
}

/** The routes in whose text all words of the query are; those that have them in path or summary come first. */
export function found(
  query: string,
  operations: readonly Operation[],
  texts: ReadonlyMap<Operation, string>,
): readonly Operation[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return operations;
  const has = (text: string): boolean => words.every((word) => text.includes(word));
  const near = ({ method, path, summary }: Operation): boolean =>
    has(`${method} ${path} ${summary}`.toLowerCase());
  const all = operations.filter((each) => has(texts.get(each) ?? ''));
  return [...all.filter(near), ...all.filter((each) => !near(each))];
}
