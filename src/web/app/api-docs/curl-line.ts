import { exampleOf } from './example.ts';
import type { Operation, Parameter, Schemas } from './openapi.ts';

/**
 * A line for a shell that asks this route: what varies in its path in capitals, and the parameters that must be there.
 * @param base Address of the API, without a slash at its end.
 */
export function curlLine(operation: Operation, base: string, schemas: Schemas): string {
  const { method, path, parameters, body, scope } = operation;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  const query = parameters
    .filter((each) => each.in === 'query' && each.required === true)
    .map((each) => `${each.name}=${encodeURIComponent(textOf(each, schemas))}`);
  const address = `${base}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${query.length === 0 ? address : quoted(address)}`,
    ...(scope === null ? [] : ['-H "authorization: Bearer $CULPRIT_API_KEY"']),
  ];
  if (body !== null && body.type === 'application/json')
    parts.push(
      "-H 'content-type: application/json'",
      `-d ${quoted(JSON.stringify(exampleOf(body.schema, schemas)))}`,
    );
  else if (body !== null) parts.push('--data-binary @FILE');
  return parts.join(' \\\n  ');
}

const textOf = ({ name, schema = {} }: Parameter, schemas: Schemas): string => {
  const value = exampleOf(schema, schemas);
  return value === 'text' ? name.toUpperCase() : String(value);
};

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
