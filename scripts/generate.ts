import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type * as z from 'zod';
import { commandShape } from '../src/cli/command-options.ts';
import { diffShape } from '../src/cli/diff-options.ts';
import { evalShape } from '../src/cli/eval-options.ts';
import { EXIT_CODES } from '../src/cli/exit-code.ts';
import { fixOwnShape } from '../src/cli/fix-options.ts';
import { repeats, shownDefault, spelling } from '../src/cli/flags.ts';
import { guardShape } from '../src/cli/guard-options.ts';
import { labelShape } from '../src/cli/label-options.ts';
import { learnShape } from '../src/cli/learn-options.ts';
import { mcpShape } from '../src/cli/mcp-options.ts';
import { mineShape } from '../src/cli/mine-options.ts';
import { promoteShape } from '../src/cli/promote-options.ts';
import { rankedList } from '../src/cli/ranked-list.ts';
import { storeShape } from '../src/cli/store-options.ts';
import { tenantsOwnShape } from '../src/cli/tenants-options.ts';
import { trendOwnShape } from '../src/cli/trend-options.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import { OPTION_GROUPS } from '../src/contract/command-line.ts';
import { optionsShape } from '../src/contract/options.ts';
import { TIERS } from '../src/contract/tier.ts';
import type { Detector } from '../src/detect/define.ts';
import { apiDocument } from '../src/server/routes/api.ts';
import { CHECK_GROUPS, type Check, type CheckGroup } from '../src/verify/checks/define.ts';
import { checkPage } from '../src/verify/checks/page.ts';
import { clientTypes, routeScopes } from './client-types.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Path and up-to-date content of every file with generated text. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const detectors = await detectorModules();
  const checks = await checkModules();
  return new Map([
    ['src/detect/registry.ts', registry(detectors)],
    ['src/client/routes.ts', clientTypes(apiDocument('0.0.0'))],
    ['src/client/route-scopes.ts', routeScopes(apiDocument('0.0.0'))],
    ['src/verify/checks/registry.ts', checkRegistry(checks)],
    ['docs/checks.md', withBlock('docs/checks.md', 'checks', checkPages(checks))],
    [
      'docs/suites.md',
      withBlock('docs/suites.md', 'options', commandTable(promoteShape, ['Suite'])),
    ],
    [
      'docs/guard.md',
      withBlock('docs/guard.md', 'options', commandTable(guardShape, OPTION_GROUPS)),
    ],
    [
      'docs/learn.md',
      withBlock('docs/learn.md', 'options', commandTable(learnShape, OPTION_GROUPS)),
    ],
    [
      'docs/agents.md',
      withBlock('docs/agents.md', 'options', commandTable(mcpShape, OPTION_GROUPS)),
    ],
    [
      'docs/tenants.md',
      withBlock('docs/tenants.md', 'options', commandTable(tenantsOwnShape, OPTION_GROUPS)),
    ],
    [
      'docs/trend.md',
      withBlock('docs/trend.md', 'options', commandTable(trendOwnShape, OPTION_GROUPS)),
    ],
    ['docs/eval.md', withBlock('docs/eval.md', 'options', commandTable(evalShape, OPTION_GROUPS))],
    ['docs/mine.md', withBlock('docs/mine.md', 'options', commandTable(mineShape, OPTION_GROUPS))],
    ['docs/fix.md', withBlock('docs/fix.md', 'options', commandTable(fixOwnShape, OPTION_GROUPS))],
    [
      'docs/diff.md',
      withBlock('docs/diff.md', 'options', commandTable(diffShape, ['Comparing', 'Output'])),
    ],
    ['src/detect/measured-precision.ts', measuredPrecision()],
    [
      'docs/cli.md',
      withBlock(
        'docs/cli.md',
        'store',
        commandTable(storeShape, OPTION_GROUPS),
        withBlock(
          'docs/cli.md',
          'options',
          commandTable({ ...commandShape, ...labelShape }, OPTION_GROUPS),
        ),
      ),
    ],
    ['docs/exit-codes.md', withBlock('docs/exit-codes.md', 'codes', exitCodeTable())],
    ['docs/api.md', withBlock('docs/api.md', 'options', apiTable())],
    ['docs/detectors.md', withBlock('docs/detectors.md', 'detectors', detectorTable(detectors))],
    ['README.md', withBlock('README.md', 'terminal', terminal())],
  ]);
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
function withBlock(path: string, name: string, block: string, text: string = read(path)): string {
  const [open, close] = [`<!-- ${name}: made by npm run generate -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`${path} has no block ${open} … ${close}`);
  return `${text.slice(0, start)}${open}\n\n${block}\n\n${text.slice(end)}`;
}

function commandTable(
  shape: Readonly<Record<string, z.ZodType>>,
  groups: readonly string[],
): string {
  const rows = groups
    .flatMap((group) =>
      Object.values<z.ZodType>(shape).filter((schema) => spelling(schema).group === group),
    )
    .flatMap((schema) => {
      const { flag, more, negated, unset } = spelling(schema);
      const text = [schema.description, repeats(schema) && 'Repeatable.', more].filter(Boolean);
      const shown = shownDefault(schema);
      const row = tableRow(
        `\`${flag}\``,
        unset ?? (shown === 'off' ? shown : `\`${shown}\``),
        text.join(' '),
      );
      return negated === undefined
        ? [row]
        : [row, tableRow(`\`--no-${flag.slice(2).split(' ')[0]}\``, '', negated)];
    });
  return ['| option | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/** How often each detector was right, from the table of labels in docs/quality.md: its last row for a label. */
function measuredPrecision(): string {
  const table =
    read('docs/quality.md').split('<!-- figures: labels -->')[1]?.split('<!--')[0] ?? '';
  const rows = new Map<string, readonly [found: number, right: number]>();
  let label = '';
  for (const line of table.split('\n')) {
    const [, name = '', , , found = '', hits = ''] = line.split('|').map((cell) => cell.trim());
    label = /^`(\w+)`$/.exec(name)?.[1] ?? label;
    const counts = [found, hits].map((cell) => Number(cell.replaceAll(',', ''))) as [
      number,
      number,
    ];
    if (label !== '' && counts.every(Number.isFinite) && counts[0] > 0) rows.set(label, counts);
  }
  const entries = [...rows].map(
    ([id, [found, hits]]) => `  ['${id}', { flagged: ${found}, right: ${hits} }],`,
  );
  return `// Made by npm run generate from docs/quality.md.

/** How many traces a detector flagged on open failure data, and how many of them rightly. */
export const MEASURED_PRECISION: ReadonlyMap<
  string,
  { readonly flagged: number; readonly right: number }
> = new Map([
${entries.join('\n')}
]);
`;
}

function exitCodeTable(): string {
  const rows = EXIT_CODES.map(({ code, meaning, errors }) =>
    tableRow(String(code), meaning, errors.map((error) => `\`${error}\``).join(', ')),
  );
  return ['| code | meaning | errors |', '| --- | --- | --- |', ...rows].join('\n');
}

function apiTable(): string {
  const rows = Object.entries<z.ZodType>(optionsShape).map(([name, schema]) => {
    const { data } = schema.safeParse(undefined);
    const { unset } = spelling(schema);
    const shown = `\`${JSON.stringify(data).replaceAll('"', "'")}\``;
    return tableRow(
      `\`${name}\``,
      unset === undefined ? shown : `${shown}: ${unset}`,
      schema.description ?? '',
    );
  });
  return ['| option | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

function detectorTable(detectors: readonly DetectorModule[]): string {
  const rows = detectors.map(({ detector: { id, tier, finds } }) =>
    tableRow(`\`${id}\``, finds, tier),
  );
  return ['| id | what it finds | tier |', '| --- | --- | --- |', ...rows].join('\n');
}

const tableRow = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => escapeTags(cell).replaceAll('|', '\\|')).join(' | ')} |`;

/** `<model>` is a tag in Markdown, except in code. */
const escapeTags = (cell: string): string =>
  cell
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`');

interface DetectorModule {
  readonly folder: string;
  /** Name of the export: the folder's, in camel case. */
  readonly name: string;
  readonly detector: Detector;
}

/** The detectors in their folders, by tier, then by id. */
async function detectorModules(): Promise<readonly DetectorModule[]> {
  const folders = readdirSync(join(root, 'src/detect/detectors'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const modules = await Promise.all(
    folders.map(async (folder) => {
      const name = folder.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const path = join(root, 'src/detect/detectors', folder, `${folder}.ts`);
      const exports: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
      const detector = exports[name] as Detector | undefined;
      if (detector === undefined) throw new Error(`${path} has no export ${name}`);
      return { folder, name, detector };
    }),
  );
  return modules.toSorted(
    (a, b) =>
      TIERS.indexOf(a.detector.tier) - TIERS.indexOf(b.detector.tier) ||
      (a.detector.id < b.detector.id ? -1 : 1),
  );
}

function registry(detectors: readonly DetectorModule[]): string {
  const imports = detectors
    .map(({ folder, name }) => `import { ${name} } from './detectors/${folder}/${folder}.ts';`)
    .toSorted();
  return [
    "import type { Detector } from './define.ts';",
    ...imports,
    '',
    '/** Every built-in detector, by tier, then by id. Made from the folders by `npm run generate`. */',
    'export const detectors: readonly Detector[] = [',
    ...detectors.map(({ name }) => `  ${name},`),
    '];',
    '',
  ].join('\n');
}

interface CheckModule {
  readonly group: CheckGroup;
  readonly file: string;
  readonly name: string;
  readonly check: Check;
}

/** The checks in their folders, by group, then by id. A file beside them that exports none helps them. */
async function checkModules(): Promise<readonly CheckModule[]> {
  const modules = await Promise.all(
    CHECK_GROUPS.flatMap((group) =>
      readdirSync(join(root, 'src/verify/checks', group))
        .filter((file) => /^[a-z0-9-]+\.ts$/.test(file))
        .map(async (file): Promise<CheckModule[]> => {
          const name = file
            .slice(0, -3)
            .replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
          const path = join(root, 'src/verify/checks', group, file);
          const exports: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
          const check = exports[name];
          return typeof check === 'object' && check !== null && 'ask' in check
            ? [{ group, file, name, check: check as Check }]
            : [];
        }),
    ),
  );
  return modules
    .flat()
    .toSorted(
      (a, b) =>
        CHECK_GROUPS.indexOf(a.group) - CHECK_GROUPS.indexOf(b.group) ||
        (a.check.id < b.check.id ? -1 : 1),
    );
}

function checkRegistry(checks: readonly CheckModule[]): string {
  const imports = checks
    .map(({ group, file, name }) => ({ name, path: `./${group}/${file.slice(0, -3)}` }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ name, path }) => `import { ${name} } from '${path}.ts';`);
  return [
    "import type { Check, CheckGroup } from './define.ts';",
    ...imports,
    '',
    '/** Every check that is no detector, by group, then by id. Made from the folders by `npm run generate`. */',
    'export const checks: Readonly<Record<CheckGroup, readonly Check[]>> = {',
    ...CHECK_GROUPS.flatMap((group) =>
      listOf(
        group,
        checks.filter((each) => each.group === group).map(({ name }) => name),
      ),
    ),
    '};',
    '',
  ].join('\n');
}

/** A property of a literal as the formatter breaks it. */
function listOf(name: string, items: readonly string[]): readonly string[] {
  const line = `  ${name}: [${items.join(', ')}],`;
  return line.length <= 100
    ? [line]
    : [`  ${name}: [`, ...items.map((item) => `    ${item},`), '  ],'];
}

/** The catalog as `culprit checks` prints it, one section a check. */
const checkPages = (checks: readonly CheckModule[]): string =>
  CHECK_GROUPS.map((group) =>
    [
      `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
      ...checks.filter((each) => each.group === group).map(({ check }) => checkPage(check)),
    ].join('\n\n'),
  ).join('\n\n');

/** What `culprit demo` prints, in a terminal of 96 columns. */
function terminal(): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'src/cli/main.ts'), 'demo', '--json'],
    { encoding: 'utf8', maxBuffer: 1e9 },
  );
  if (status !== 0) throw new Error(`the demo does not run: ${stderr}`);
  const list = rankedList(JSON.parse(stdout) as Analysis, {
    top: 4,
    width: 110,
    isTerminal: true,
    command: { with: (...added) => ['culprit', 'demo', ...added].join(' ') },
    report: { path: 'culprit-report.html', replaced: false },
  });
  const lines = stripVTControlCharacters(list).trim().split('\n');
  return ['```text', '$ culprit demo', ...lines.map((line) => line.trimEnd()), '```'].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [path, text] of await generated()) writeFileSync(join(root, path), text);
