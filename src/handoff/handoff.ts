import type { Analysis } from '../contract/analysis.ts';
import type { Diff } from '../contract/diff.ts';
import { markdownOfAnalysis } from './analysis-markdown.ts';
import { causeIn, type HandoffSource } from './cause.ts';
import { type CauseFacts, factsOf } from './cause-facts.ts';
import { cell } from './cell.ts';
import { type ChangedText, markdownOfChanges } from './changed-definitions.ts';
import { markdownOf } from './diff-markdown.ts';
import { issueOf } from './issue.ts';
import { promptOf } from './prompt.ts';
import { tracesOf } from './traces.ts';

export type { HandoffSource } from './cause.ts';
export type { CauseFacts } from './cause-facts.ts';

/** A cause as an issue in Markdown; null for an unknown id. */
export function causeIssue(source: HandoffSource, id: string): string | null {
  const cause = causeIn(source, id);
  return cause && `${issueOf(cause, source)}\n`;
}

/** A cause as a task for a coding agent; null for an unknown id. */
export function causePrompt(source: HandoffSource, id: string): string | null {
  const cause = causeIn(source, id);
  return cause && `${promptOf(cause, source)}\n`;
}

/** The sampled traces of a cause as JSON Lines, exemplars first; null for an unknown id. */
export function causeTraces(source: HandoffSource, id: string): string | null {
  const cause = causeIn(source, id);
  return cause && tracesOf(cause, source);
}

/** What is known of a cause, in sentences; null for an unknown id. */
export function causeFacts(source: HandoffSource, id: string): CauseFacts | null {
  const cause = causeIn(source, id);
  return cause && factsOf(cause, source);
}

/** What changed as Markdown, for a comment on a pull request that is updated. */
export const diffMarkdown = (diff: Diff): string => markdownOf(diff);

/** What changed in prompts and tools as Markdown, line by line; '' where nothing did. */
export const changesMarkdown = (changed: readonly ChangedText[]): string =>
  markdownOfChanges(changed);

/** Headline and causes as Markdown, for a pull request or a chat. */
export const analysisMarkdown = (analysis: Analysis): string => markdownOfAnalysis(analysis);

interface Task {
  readonly text: string;
  readonly isDone: boolean;
  /** Where it is done; null where that is not known. Default: nowhere. */
  readonly url?: string | null;
}

/** A list of tasks as Markdown; text from traces stays text. */
export const taskList = (tasks: readonly Task[]): string =>
  tasks
    .map(({ text, isDone, url = null }) => {
      const shown = url === null ? cell(text) : `[${cell(text)}](<${url}>)`;
      return `- [${isDone ? 'x' : ' '}] ${shown}`;
    })
    .join('\n');
