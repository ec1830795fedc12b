import { environment } from './environment.ts';

/**
 * A line that begins with `culprit`, as the shell that this was started from can run it: after `npx culprit` or `npm start`, it
 * knows no `culprit`.
 */
export function typable(line: string): string {
  const isOfNpm =
    environment('npm_command') === 'exec' || environment('npm_package_name') === 'culprit';
  return isOfNpm ? line.replace(/^culprit /, 'npx culprit ') : line;
}
