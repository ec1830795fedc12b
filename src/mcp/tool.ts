import type * as z from 'zod';
import type { Answer } from './answer/answer.ts';
import type { Backend } from './backend.ts';

/** What a tool may use beside its arguments. */
interface ToolContext {
  readonly backend: Backend;
  readonly signal: AbortSignal;
}

/** A tool of the protocol. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** It only reads; a tool that writes needs the scope `write`. */
  readonly isReadOnly: boolean;
  /** Which lists come in pages: it takes a `cursor`. */
  readonly run: (input: Readonly<Record<string, unknown>>, context: ToolContext) => Promise<Answer>;
}

interface ToolDefinition<Input extends z.ZodObject> extends Omit<Tool, 'input' | 'run'> {
  readonly input: Input;
  readonly run: (input: z.output<Input>, context: ToolContext) => Promise<Answer>;
}

/** A tool with the types of its arguments. */
export const defineTool = <Input extends z.ZodObject>(tool: ToolDefinition<Input>): Tool =>
  tool as unknown as Tool;
