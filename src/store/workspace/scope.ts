/**
 * What a key or a person may do in a project: send (`ingest`), look (`read`), label (`annotate`), change what people
 * decide (`write`), manage the project, its keys and its people (`admin`).
 */
export const SCOPES = ['ingest', 'read', 'annotate', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
