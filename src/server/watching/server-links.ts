/** The address of a page of a project, such as `/watch`; null where it is not known under which the server is reached. */
export const pageUrl = (
  address: string | null,
  project: string,
  path: `/${string}`,
): string | null =>
  address === null ? null : `${address}/p/${encodeURIComponent(project)}${path}`;

/** The server in a command that somebody pastes; the default address where the public one is not known. */
export const commandServer = (address: string | null): string => address ?? 'http://127.0.0.1:7117';
