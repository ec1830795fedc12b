interface Tag {
  readonly name: string;
  readonly description: string;
  /** First parts of the paths that it holds. */
  readonly paths: readonly string[];
}

/** The chapters of the description of the API, in the order in which people need them. */
export const TAGS: readonly Tag[] = [
  {
    name: 'Traces',
    description: 'What was received, one by one, as a list, or as a file.',
    paths: ['traces', 'query', 'export', 'exports'],
  },
  {
    name: 'Sending',
    description:
      'Scores, deploys and files. Spans go to the paths of OpenTelemetry, Langfuse and LangSmith.',
    paths: ['scores', 'deploys', 'imports', 'import-states'],
  },
  {
    name: 'Causes',
    description: 'Why traces failed, and what people decided about it.',
    paths: [
      'causes',
      'report',
      'analyses',
      'decisions',
      'activity',
      'proposals',
      'tenants',
      'shared-links',
    ],
  },
  {
    name: 'Verify',
    description: 'Suites that causes were promoted to, and their runs.',
    paths: ['suites', 'runs'],
  },
  {
    name: 'Watching',
    description: 'What is looked after by itself, and whom it tells.',
    paths: [
      ...['watchers', 'watchers.yaml', 'incidents', 'deliveries', 'channels', 'judges', 'versions'],
    ],
  },
  {
    name: 'Sessions',
    description: 'Sittings of error analysis: some traces, analyzed on their own.',
    paths: ['sessions'],
  },
  {
    name: 'Guarding',
    description: 'Whether a request or an answer may go through, asked while it waits.',
    paths: ['guard', 'guards'],
  },
  {
    name: 'Labeling',
    description: 'Queues, labels, the taxonomy, and how far people agree.',
    paths: ['queues', 'items', 'labels', 'taxonomy', 'agreement'],
  },
  {
    name: 'Sources',
    description: 'Where traces come from, what they carry, and the texts of prompts and tools.',
    paths: ['sources', 'status', 'prompts', 'tools'],
  },
  {
    name: 'Jobs',
    description: 'Work that outlives a request, and what happens, as it happens.',
    paths: ['jobs', 'events', 'schedules'],
  },
  {
    name: 'Projects',
    description: 'Settings, keys and backups.',
    paths: ['project', 'projects', 'keys', 'backups'],
  },
  {
    name: 'People',
    description: 'Who takes part, on a server with accounts.',
    paths: [
      ...['people', 'invitations', 'audit', 'sign-in', 'sign-out', 'sign-ins', 'password', 'setup'],
    ],
  },
];

/** The tag of a path; the first part of the path where no tag holds it. */
export function tagOf(path: string): string {
  const [, first = ''] = path.split('/');
  return TAGS.find(({ paths }) => paths.includes(first))?.name ?? first;
}
