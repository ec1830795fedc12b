import { type Command, InvalidArgumentError, Option } from 'commander';
import type * as z from 'zod';
import { type CommandLineSpelling, commandLine, OPTION_GROUPS } from '../contract/command-line.ts';

/** Options by key, as they were given on the command line; those left out are missing. */
export type Given = Readonly<Record<string, unknown>>;

type Shape = Readonly<Record<string, z.ZodType>>;

/** Adds a flag for every option of the shape, with its help text, choices and default. */
export function withFlags(command: Command, shape: Shape): Command {
  for (const group of OPTION_GROUPS) {
    const schemas = Object.values(shape).filter((schema) => spelling(schema).group === group);
    if (schemas.length > 0) command.optionsGroup(`${group}:`);
    for (const schema of schemas) {
      command.addOption(flagOf(schema));
      const { negated } = spelling(schema);
      if (negated !== undefined) command.option(`--no-${longFlag(schema).slice(2)}`, negated);
    }
  }
  return command;
}

/** The options that a command made by `withFlags` was called with, by their keys in the shape. */
export function givenOptions(command: Command, shape: Shape): Given {
  const values: Readonly<Record<string, unknown>> = command.opts();
  return Object.fromEntries(
    Object.entries(shape)
      .map(([key, schema]) => [key, values[flagOf(schema).attributeName()]] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** `--step-budget`, of `--step-budget <n>`. */
export const longFlag = (schema: z.ZodType): string => spelling(schema).flag.split(' ')[0]!;

/** The default as people read it: the value, or what happens without one. */
export function shownDefault(schema: z.ZodType): string {
  const { unset } = spelling(schema);
  if (unset !== undefined) return unset;
  const { data } = schema.safeParse(undefined);
  return typeof data === 'boolean' ? 'off' : String(data);
}

/** How an option is spelled. Every option of a command has a spelling. */
export function spelling(schema: z.ZodType): CommandLineSpelling {
  const found = commandLine.get(schema);
  if (found === undefined) throw new Error(`no flag for the option "${schema.description}"`);
  return found;
}

function flagOf(schema: z.ZodType): Option {
  const inner = unwrapped(schema);
  const shown = shownDefault(schema);
  const suffix = repeats(schema) ? ' Repeatable.' : '';
  const remarks = [
    ...(inner.type === 'enum' ? [(inner as z.ZodEnum).options.join(', ')] : []),
    ...(['off', 'none'].includes(shown) ? [] : [`default: ${shown}`]),
  ];
  const fallback = remarks.length === 0 ? '' : ` (${remarks.join('; ')})`;
  const option = new Option(spelling(schema).flag, `${schema.description}${suffix}${fallback}`);
  return option.isBoolean() ? option : option.argParser(readerOf(inner));
}

export const repeats = (schema: z.ZodType): boolean =>
  ['array', 'record'].includes(unwrapped(schema).type);

/** The schema without its default and the like. */
function unwrapped(schema: z.ZodType): z.ZodType {
  const { type } = schema;
  return ['default', 'optional', 'nullable', 'readonly'].includes(type)
    ? unwrapped((schema as z.ZodOptional<z.ZodType>).unwrap())
    : schema;
}

type Reader = (text: string, before: unknown) => unknown;

/** How the text after a flag is read; the range is checked by the schema. */
function readerOf(schema: z.ZodType): Reader {
  switch (schema.type) {
    case 'number':
      return wholeNumber;
    case 'union':
      return takesNumber(schema as z.ZodUnion)
        ? (text) => (/^-?\d+$/.test(text) ? wholeNumber(text) : text)
        : (text) => text;
    case 'array':
      return (text, before = []) => [...(before as readonly unknown[]), text];
    case 'record':
      return (text, before = {}) => ({
        ...(before as object),
        ...pairs(text, takesNumbers(schema as z.ZodRecord)),
      });
    default:
      return (text) => text;
  }
}

const takesNumber = ({ options }: z.ZodUnion): boolean =>
  options.some((option) => option._zod.def.type === 'number');

const takesNumbers = ({ valueType }: z.ZodRecord): boolean => valueType._zod.def.type === 'number';

function wholeNumber(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

/** `input=question,output=answer`, `agent_loop=4`. */
function pairs(text: string, numbers: boolean): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, key, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (key === undefined || (numbers && !/^\d+(?:\.\d+)?$/.test(value ?? '')))
        throw new InvalidArgumentError(
          numbers
            ? 'Give category=1..5, e.g. agent_loop=4.'
            : 'Give role=column pairs, e.g. input=question,output=answer.',
        );
      return [key, numbers ? Number(value) : value];
    }),
  );
}
