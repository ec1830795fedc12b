import { parse } from 'node:path';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Target } from '../contract/eval-target.ts';
import type { ToolDefinition, Trace } from '../contract/trace.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { modelTarget } from '../llm/target/model-target.ts';
import { hashOfTexts } from '../verify/verify.ts';
import { environmentSecrets } from './environment.ts';
import { chatModelOf, priceOf, readPrices, specOf } from './named-model.ts';
import { optionJson, readOptionFile } from './read-option-file.ts';
import type { TargetOptions } from './target-options.ts';

/**
 * The model that a spec names, with the prompt and the tools of files.
 * @throws CulpritError `invalid_option` if the package is not installed or is not a provider, or if there is no key
 * where one is needed; for files that cannot be read.
 */
export async function openModel(
  text: string,
  flag: string,
  { prompt: promptFile, tools: toolsFile, baseUrl, prices: pricesFile }: TargetOptions,
  limits: { readonly version: string | null; readonly timeoutMs: number },
  read: (value: object) => Promise<Trace>,
): Promise<Target> {
  const { id, named, spec: given } = await chatModelOf(specOf(text, flag, baseUrl), flag);
  const model = await named.load();
  const prompt = await readOptionFile('--prompt', promptFile, (text) => text);
  const prices = await readOptionFile('--prices', pricesFile, readPrices);
  const tools = await readOptionFile('--tools', toolsFile, toolsIn);
  return modelTarget({
    ...{ model, prompt, read, clock: systemClock, secrets: environmentSecrets() },
    timeoutMs: limits.timeoutMs,
    spec: id,
    version: limits.version ?? (promptFile === undefined ? null : parse(promptFile).name),
    hash: hashOfTexts([prompt ?? '', tools === null ? '' : JSON.stringify(tools)]),
    tools,
    price: priceOf(given, prices)?.price ?? null,
  });
}

function toolsIn(text: string, source: string): readonly ToolDefinition[] {
  const { data } = toolsSchema.safeParse(optionJson(text, source));
  if (data === undefined)
    throw invalid(`${source}: give a list of tools, each with name, description and parameters`);
  return data.map((each) => ({
    name: each.name,
    description: each.description ?? '',
    parameters: (each.parameters ?? null) as ToolDefinition['parameters'],
  }));
}

const toolSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.json()).optional(),
});
const toolsSchema = z.array(
  z.union([z.object({ function: toolSchema }).transform((each) => each.function), toolSchema]),
);

const invalid = (message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', message, { cause });
