import type { Run } from './run.ts';

/**
 * Whether the application has a tool that the recorded list lacks: a call of it returned an ordinary result, or the
 * system prompt names it. The list is incomplete then, which is a gap and no failure of the run.
 */
export function wasOffered({ calls, messages }: Run, name: string): boolean {
  const worked = calls.some(({ call, result }) => call.name === name && result?.isError === false);
  return worked || messages.some(({ role, content }) => role === 'system' && names(content, name));
}

/** Whether any tool was called that the recorded list lacks and the application has. */
export function isToolListIncomplete(run: Run): boolean {
  if (run.tools.length === 0) return false;
  return run.calls.some(({ call, tool }) => tool === null && wasOffered(run, call.name));
}

/** A name in one piece. A plain word such as `search` may stand for itself, so it must be marked as code. */
function names(prompt: string, name: string): boolean {
  if (name.length < 3) return false;
  const isCode = /[_.\d]|[a-z][A-Z]/.test(name);
  for (let at = prompt.indexOf(name); at !== -1; at = prompt.indexOf(name, at + 1)) {
    const before = prompt[at - 1] ?? ' ';
    const after = prompt[at + name.length] ?? ' ';
    if (/[\w]/.test(before) || /[\w]/.test(after)) continue;
    if (isCode || before === '`' || after === '(' || after === '[') return true;
  }
  return false;
}
