import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

const STEPS = ['collect', 'detect', 'embed', 'group', 'label', 'rank', 'report'] as const;

/** The modules that each module may import from, besides itself. Printed in docs/architecture.md. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  numeric: [],
  text: ['contract', 'numeric'],
  trace: ['contract'],
  rate: ['contract', 'numeric'],
  cause: ['contract', 'text', 'numeric'],
  annotation: ['contract', 'text', 'numeric'],
  redact: ['contract', 'text', 'trace'],
  handoff: ['contract', 'text'],
  decide: ['contract', 'text', 'numeric'],
  platform: ['contract', 'text', 'numeric'],
  llm: ['contract', 'text', 'platform'],
  ...Object.fromEntries(STEPS.map((step) => [step, ['contract', 'text', 'trace', 'numeric']])),
  report: ['contract', 'text', 'trace', 'rate', 'numeric', 'cause'],
  watch: ['contract', 'text', 'trace', 'rate', 'numeric', 'cause'],
  learn: ['contract', 'text', 'numeric', 'detect'],
  guard: ['contract', 'text', 'numeric', 'collect', 'detect', 'learn', 'verify'],
  scan: ['contract', 'text', 'numeric', 'collect', 'detect'],
  verify: ['contract', 'text', 'trace', 'numeric', 'detect', 'redact'],
  propose: ['contract', 'text', 'trace', 'detect'],
  store: ['contract', 'text', 'numeric', 'platform', 'collect'],
  server: [
    ...['contract', 'text', 'numeric', 'platform', 'collect', 'detect', 'redact', 'scan'],
    ...['trace', 'rate', 'pipeline.ts', 'embed', 'store', 'cause', 'report', 'watch', 'handoff'],
    ...['decide', 'annotation', 'verify', 'guard', 'propose', 'client', 'mcp'],
  ],
  'pipeline.ts': ['contract', 'text', 'trace', 'numeric', 'redact', 'scan', ...STEPS],
  client: ['contract'],
  web: ['contract', 'text', 'trace', 'numeric', 'handoff', 'decide', 'client'],
  api: [
    ...['contract', 'text', 'numeric', 'platform', 'llm', 'pipeline.ts', 'redact', 'scan'],
    ...['learn', 'guard', 'verify', 'watch', 'propose', ...STEPS],
  ],
  'culprit.ts': ['contract', 'text', 'platform', 'llm', 'detect', 'verify', 'api'],
  mcp: ['contract', 'text', 'handoff', 'decide', 'client'],
  cli: [
    ...['contract', 'text', 'platform', 'llm', 'culprit.ts', 'detect', 'handoff', 'verify'],
    ...['store', 'server', 'client', 'mcp'],
  ],
};

export const root: string = resolve(import.meta.dirname, '../src');

interface Edge {
  readonly file: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

export function edgesOf(folder: string): { files: string[]; edges: Edge[] } {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const edges = files.flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g,
      ),
    ].map((match) => {
      const target = relative(folder, resolve(folder, dirname(file), match[1] ?? ''));
      return { file, target, from: moduleOf(file), to: moduleOf(target) };
    }),
  );
  return { files, edges };
}

export const wrongDirection = (edges: readonly Edge[]): string[] =>
  edges
    .filter((edge) => edge.from !== edge.to && !allowed[edge.from]?.includes(edge.to))
    .map((edge) => `${edge.file} -> ${edge.target}`);

/** Entry points besides the file named like its module: functions of the API, the two stores and the rows of one, schemas, functions on texts, on traces and on rates, random numbers, statistics, what a server receives, what authors of detectors need, what checks ask of detection, and the checks that the package exports. */
const OPEN =
  /^(?:(?:api|contract|text|trace|rate|numeric\/(?:random|statistics))\/|collect\/receive\.ts$|detect\/(?:ask|define|finding|run\/run)\.ts$|verify\/checks\.ts$|store\/(?:telemetry\/(?:telemetry|rows)|workspace\/workspace)\.ts$)/;

/** Another module is entered by the file named like it, except where every file is an entry point. */
export const pastEntryPoint = (edges: readonly Edge[]): string[] =>
  edges
    .filter((edge) => edge.from !== edge.to && !OPEN.test(edge.target) && edge.target.includes('/'))
    .filter((edge) => !isTest(edge.file))
    .filter((edge) => basename(edge.target) !== `${edge.to}.ts` || dirname(edge.target) !== edge.to)
    .filter((edge) => !(OUTER.has(edge.from) && (edge.to === 'llm' || edge.to === 'platform')))
    .map((edge) => `${edge.file} -> ${edge.target}`);

/** Modules that open files and models for the steps. */
const OUTER: ReadonlySet<string> = new Set(['cli', 'api', 'culprit.ts', 'server']);

/** An import cycle, as the files along it; null when there is none. Type imports count. */
export function importCycle(edges: readonly Edge[]): readonly string[] | null {
  const targets = Map.groupBy(edges, (edge) => edge.file);
  const done = new Set<string>();
  const cycleFrom = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const { target } of targets.get(file) ?? []) {
      const found = cycleFrom(target, [...path, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of targets.keys()) {
    const found = cycleFrom(file, []);
    if (found !== null) return found;
  }
  return null;
}

const moduleOf = (path: string): string => path.split('/')[0] ?? '';
export const isTest = (path: string): boolean => /\.test\.tsx?$|(?:^|\/)testing\//.test(path);
