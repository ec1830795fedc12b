import type { ToolDefinition } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { isRecord } from '../../text/json.ts';
import { nameWords } from '../../text/name-words.ts';
import { FUNCTION_WORDS } from '../../text/stop-words.ts';
import { quoted } from './quoted.ts';
import { argumentOf, offered, type Subject } from './subject.ts';

/**
 * The definition of the argument that got the wrong value describes it in no words, or in none beyond its
 * own name ("The id."). Only where the recorder kept descriptions of tools at all. Outranks the default
 * layer, after the prompt: the definition to change is quoted.
 */
export function argumentUndescribed({ category, exemplars, fields }: Subject): Why | null {
  if (!CATEGORIES.has(category)) return null;
  for (const exemplar of exemplars) {
    const { trace } = exemplar;
    const argument = argumentOf(exemplar, fields);
    const found = argument === null ? null : offered(trace, argument.call.name);
    if (argument === null || found === null || !trace.tools.some(isDescribed)) continue;
    const { tool, path } = found;
    const property = propertyOf(tool, argument.name);
    if (property === null || !saysNothing(property.description, argument.name)) return null;
    const kind = property.required ? 'required argument' : 'argument';
    const how =
      property.description === ''
        ? 'has no description'
        : `is described only as “${property.description.slice(0, 80)}”`;
    return {
      statement: `Likely because the ${kind} \`${argument.name}\` of \`${tool.name}\` ${how}`,
      layer: 'tool',
      evidence: [
        ...(property.description === ''
          ? []
          : [
              quoted(
                trace,
                `${path}/parameters/properties/${token(argument.name)}/description`,
                property.description,
              ),
            ]),
        tool.description === ''
          ? quoted(trace, `${path}/name`, tool.name)
          : quoted(trace, `${path}/description`, tool.description),
      ],
    };
  }
  return null;
}

const CATEGORIES: ReadonlySet<string> = new Set(['tool_argument_mismatch', 'schema_violation']);

const isDescribed = ({ description }: ToolDefinition): boolean => description !== '';

function propertyOf(
  { parameters }: ToolDefinition,
  name: string,
): { readonly description: string; readonly required: boolean } | null {
  const properties = parameters?.['properties'];
  const property = isRecord(properties) ? properties[name] : undefined;
  if (!isRecord(property)) return null;
  // A list of the allowed values describes the argument as well as words do.
  if (property['enum'] !== undefined || property['const'] !== undefined) return null;
  const description = property['description'];
  const required = parameters?.['required'];
  return {
    description: typeof description === 'string' ? description.trim() : '',
    required: Array.isArray(required) && required.includes(name),
  };
}

const EMPTY: ReadonlySet<string> = new Set(['value', 'argument', 'parameter', 'string', 'number']);

function saysNothing(description: string, name: string): boolean {
  const own = new Set(nameWords(name));
  return nameWords(description).every(
    (word) => own.has(word) || FUNCTION_WORDS.has(word) || EMPTY.has(word),
  );
}

const token = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
