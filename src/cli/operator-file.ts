import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { CulpritError } from '../contract/culprit-error.ts';
import { type Operator, operatorSchema } from '../contract/operator.ts';

const VARIABLE = /^env:([A-Z_][A-Z0-9_]*)$/;

/**
 * Reads the file of `culprit serve --config`: YAML in which a value `env:NAME` stands for a variable of the environment, so
 * that secrets are not in it.
 * @throws CulpritError `invalid_option` with the place of what is wrong.
 */
export async function readOperatorFile(
  path: string,
  environment: (name: string) => string | null,
): Promise<Operator> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw wrong(path, (cause as Error).message, cause);
  }
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw wrong(path, (cause as Error).message, cause);
  }
  const filled = filledIn(raw ?? {}, (name) => {
    const value = environment(name);
    if (value === null) throw wrong(path, `the variable ${name} is not set`);
    return value;
  });
  const operator = operatorSchema.safeParse(filled);
  if (operator.success) return withModels(operator.data, dirname(path));
  const [issue] = operator.error.issues;
  throw wrong(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`, operator.error);
}

/** Models of guards are named from the folder of the file. */
function withModels(operator: Operator, folder: string): Operator {
  const guards = Object.entries(operator.guards).map(([name, { learned, ...guard }]) => [
    name,
    { ...guard, learned: learned === null ? null : resolve(folder, learned) },
  ]);
  return { ...operator, guards: Object.fromEntries(guards) };
}

function filledIn(value: unknown, variable: (name: string) => string): unknown {
  if (typeof value === 'string') {
    const [, name] = VARIABLE.exec(value) ?? [];
    return name === undefined ? value : variable(name);
  }
  if (Array.isArray(value)) return value.map((each) => filledIn(each, variable));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, filledIn(each, variable)]),
  );
}

const wrong = (path: string, why: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', `config: ${path}: ${why}`, { option: 'config', cause });
