import { stringify } from 'yaml';
import * as z from 'zod';
import type { Check } from './define.ts';

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly fallback: string | null;
  readonly isRequired: boolean;
  readonly description: string;
}

/** A check as a section of docs/checks.md, and as `culprit checks NAME` prints it. */
export function checkPage(check: Check): string {
  const { id, passes, measure, source, example } = check;
  const parameters = parametersOf(check);
  const use = { check: id, ...(Object.keys(example).length > 0 && { params: example }) };
  return [
    `### \`${id}\``,
    passes,
    ...(measure === null ? [] : [measureLine(measure)]),
    ...(parameters.length === 0 ? [] : [parameters.map(parameterLine).join('\n')]),
    `Source: ${source}.`,
    `\`\`\`yaml\n- ${stringify(use, { lineWidth: 100 }).trimEnd().replaceAll('\n', '\n  ')}\n\`\`\``,
  ].join('\n\n');
}

const measureLine = ({ range: [low, high], better }: NonNullable<Check['measure']>): string =>
  `Measures ${bound(low)} to ${bound(high)}; ${better} is better.`;

const bound = (value: number): string =>
  Number.isFinite(value) ? String(value) : value > 0 ? '∞' : '−∞';

const parameterLine = ({ name, type, fallback, isRequired, description }: Parameter): string =>
  [
    `- \`${name}\` (${type}${isRequired ? ', required' : ''})`,
    ...(description === '' ? [] : [`: ${description}`]),
    ...(fallback === null ? [] : [`${description === '' ? ': ' : '; '}default \`${fallback}\``]),
  ].join('');

/** The parameters of a check, from its schema. */
function parametersOf({ params }: Check): readonly Parameter[] {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const part = property as z.core.JSONSchema.BaseSchema;
    return {
      name,
      type: typeOf(part),
      fallback: part.default === undefined ? null : JSON.stringify(part.default),
      isRequired: required.has(name),
      description: part.description ?? '',
    };
  });
}

function typeOf({ type, enum: options, items, anyOf }: z.core.JSONSchema.BaseSchema): string {
  if (options !== undefined) return options.map(String).join(' | ');
  if (type === 'array') return `list of ${typeOf(items as z.core.JSONSchema.BaseSchema)}`;
  if (type === undefined) return anyOf === undefined ? 'any value' : 'any value';
  return (
    { string: 'text', integer: 'whole number', boolean: 'true | false', object: 'mapping' }[
      type as string
    ] ?? String(type)
  );
}
