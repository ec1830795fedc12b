/** The command that turns a cause of this server into a suite, in the folder where it is run. */
export const promoteCommand = (project: string, cause: string): string =>
  `culprit promote --from ${location.origin}${project === 'default' ? '' : ` --project ${project}`} ${cause}`;
