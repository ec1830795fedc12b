import { parse } from 'node:path';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Target } from '../contract/eval-target.ts';
import type { ToolDefinition, Trace } from '../contract/trace.ts';
import { checkedUrl } from '../llm/endpoint/base-url.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { listPrice } from '../llm/judge/chat-price.ts';
import type { ChatModel } from '../llm/target/model-conversation.ts';
import { modelTarget } from '../llm/target/model-target.ts';
import { openAiModel, providerModel } from '../llm/target/provider-model.ts';
import { userPackage } from '../platform/user-package.ts';
import { hashOfTexts } from '../verify/verify.ts';
import { endpointOf } from './endpoint.ts';
import { environmentSecrets } from './environment.ts';
import { optionJson, readOptionFile } from './read-option-file.ts';
import type { TargetOptions } from './target-options.ts';
import type { TargetSpec } from './target-spec.ts';

type ModelSpec = Extract<TargetSpec, { kind: 'model' }>;

/**
 * The model that a spec names, with the prompt and the tools of files.
 * @throws CulpritError `invalid_option` if the package is not installed or is not a provider, or if there is no key
 * where one is needed; for files that cannot be read.
 */
export async function openModel(
  spec: ModelSpec,
  flag: string,
  { prompt: promptFile, tools: toolsFile, baseUrl }: TargetOptions,
  limits: { readonly version: string | null; readonly timeoutMs: number },
  read: (value: object) => Promise<Trace>,
): Promise<Target> {
  const { model, host } = await chatModel(spec, flag, baseUrl ?? null);
  const prompt = await readOptionFile('--prompt', promptFile, (text) => text);
  const tools = await readOptionFile('--tools', toolsFile, toolsIn);
  return modelTarget({
    ...{ model, prompt, read, clock: systemClock, secrets: environmentSecrets() },
    timeoutMs: limits.timeoutMs,
    spec: `${spec.provider}:${spec.model}${host === null ? '' : `@${host}`}`,
    version: limits.version ?? (promptFile === undefined ? null : parse(promptFile).name),
    hash: hashOfTexts([prompt ?? '', tools === null ? '' : JSON.stringify(tools)]),
    tools,
    price: listPrice(spec.model),
  });
}

async function chatModel(
  { provider, package: name, model }: ModelSpec,
  flag: string,
  given: string | null,
): Promise<{ readonly model: ChatModel; readonly host: string | null }> {
  if (name === null) {
    const { baseUrl, apiKey } = endpointOf({ baseUrl: given ?? undefined });
    return { model: await openAiModel({ model, baseUrl, apiKey }), host: new URL(baseUrl).host };
  }
  const baseUrl = given === null ? null : checkedUrl(given);
  const place = `${flag} ${provider}:${model}`;
  const fail = (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${place}: the package ${name} cannot be used (${why})`, cause);
  };
  const module = await userPackage(name, process.cwd()).catch(fail);
  if (module === null)
    throw invalid(
      `${place}: the package ${name} is not installed. Install it in this folder with npm install ${name}, or give cmd:<command>, an http address, openai:<model>, a module (./agent.ts), or traces:<file>`,
    );
  try {
    const made = providerModel({ package: name, module, model, baseUrl });
    return { model: made, host: baseUrl === null ? null : new URL(baseUrl).host };
  } catch (error) {
    return fail(error);
  }
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
