import { type Schema as JsonSchema, Validator } from '@cfworker/json-schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiDocument } from '../src/server/routes/api.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { curlLine } from '../src/web/app/api-docs/curl-line.ts';
import { exampleOf } from '../src/web/app/api-docs/example.ts';
import { fieldRows, typeText } from '../src/web/app/api-docs/field-rows.ts';
import { found, searchTexts } from '../src/web/app/api-docs/find-operations.ts';
import {
  type ApiDescription,
  type Operation,
  operationsOf,
  type Schema,
} from '../src/web/app/api-docs/openapi.ts';
import { brokenRules, chromiumPath, launch } from './browser.ts';
import { shellWords } from './shell-words.ts';

/** What the page of the API makes of its description. */
const description = JSON.parse(JSON.stringify(apiDocument('1.2.3'))) as ApiDescription;
const { schemas } = description.components;
const operations = operationsOf(description);
const route = (id: string): Operation => operations.find((each) => each.id === id)!;

test('every route is there, in the chapters of the description', () => {
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    described.toSorted(),
  );
  const chapters = operations.map(({ tag }) => tag).filter((tag, at, all) => tag !== all[at - 1]);
  expect(chapters).toEqual(description.tags.map(({ name }) => name));
  expect(operations.slice(0, 2).map(({ id }) => id)).toEqual(['getTraces', 'deleteTraces']);
});

const bodies = operations.flatMap(({ id, body, answers }) => [
  ...(body === null ? [] : [{ what: `${id}: body`, body }]),
  ...answers.flatMap((each) =>
    each.body === null ? [] : [{ what: `${id}: ${each.status}`, body: each.body }],
  ),
]);

test.each(bodies.filter(({ body }) => /json/.test(body.type)))(
  '$what has an example that fits',
  (each) => {
    const whole = { ...each.body.schema, components: { schemas } } as unknown as JsonSchema;
    const example = exampleOf(each.body.schema, schemas);
    const { errors } = new Validator(whole, '2020-12').validate(example);
    expect(errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)).toEqual(
      [],
    );
  },
);

describe('the fields of a body', () => {
  test('are listed once, with what they hold', () => {
    const rows = fieldRows(route('postScores').body!.schema, schemas);
    expect(rows.map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`)).toEqual([
      ...['id', 'traceId!', 'spanId', 'name!', 'value', 'label', 'explanation', 'annotator'],
    ]);
    expect(rows.at(-1)?.type).toBe('"human", "model", "code" or "unknown"');
  });

  test('of schemas that hold themselves come to an end', () => {
    const tree: Schema = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        below: { type: 'array', items: { $ref: '#/x/Tree' } },
      },
    };
    const rows = fieldRows({ $ref: '#/x/Tree' }, { Tree: tree });
    expect(rows.map(({ path, type }) => `${path}: ${type}`)).toEqual([
      'name: text',
      'below: a list of Tree',
    ]);
  });

  test.each<[Schema, string]>([
    [{ type: 'integer', minimum: 1, maximum: 1000 }, 'a whole number, 1 to 1000'],
    [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'a whole number'],
    [{ type: ['string', 'null'], format: 'date-time' }, 'a time (ISO 8601) or null'],
    [{ type: ['string', 'null'], enum: ['a', null] }, '"a" or null'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, 'true or false or null'],
    [{ type: 'array', items: { type: 'number' } }, 'a list of number'],
    [
      { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }] },
      '[a number, a number]',
    ],
    [
      { type: 'object', additionalProperties: { type: 'number' } },
      'an object whose values are a number',
    ],
    [{}, 'anything'],
  ])('%j is %s', (schema, text) => {
    expect(typeText(schema, {})).toBe(text);
  });
});

describe('the line for a shell', () => {
  const base = 'http://127.0.0.1:7117/api/v1';
  const words = (id: string): string[] =>
    shellWords(
      curlLine(route(id), base, schemas)
        .replace(/^curl/, 'culprit')
        .replaceAll('$CULPRIT_API_KEY', 'KEY'),
      '/',
    );

  test('sends a body, with a key', () => {
    expect(words('postScores')).toEqual([
      ...['-X', 'POST', `${base}/scores`, '-H', 'authorization: Bearer KEY'],
      ...['-H', 'content-type: application/json', '-d'],
      '{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","name":"helpful","value":0,"annotator":"human"}',
    ]);
  });

  test('names what varies in capitals, and the parameters that must be there', () => {
    expect(words('getTracesId')[0]).toBe(`${base}/traces/ID`);
    expect(words('getPromptsNameChanges')[0]).toBe(`${base}/prompts/NAME/changes?from=FROM&to=TO`);
    expect(words('postImports')).toContain('@FILE');
    expect(words('postSignOut')).toEqual(['-X', 'POST', `${base}/sign-out`]);
  });

  test('quotes what a shell would read', () => {
    const schema: Schema = { type: 'string', example: "it's $HOME" };
    const body = { type: 'application/json', schema };
    const line = curlLine({ ...route('postScores'), body }, base, {});
    expect(shellWords(line.replace(/^curl/, 'culprit'), '/').at(-1)).toBe('"it\'s $HOME"');
  });
});

describe('search', () => {
  const texts = searchTexts(operations, schemas);
  const ids = (query: string): readonly string[] =>
    found(query, operations, texts).map(({ id }) => id);

  test('finds routes by method, path, words, scope and fields, the nearest first', () => {
    expect(ids('')).toHaveLength(operations.length);
    expect(ids('DELETE traces').slice(0, 2)).toEqual(['deleteTraces', 'deleteTracesId']);
    expect(ids('backup')[0]).toBe('getBackups');
    expect(ids('granularity')).toEqual([]);
    expect(ids('promptVersion')).toContain('getTraces');
    expect(ids('annotate next')[0]).toBe('postQueuesIdNext');
    expect(ids('no such words')).toEqual([]);
  });
});

if (chromiumPath === null) console.warn('skipped: there is no Chromium on this machine');

describe.skipIf(chromiumPath === null)('the page of the API in a browser', () => {
  const PATIENT = { timeout: 30_000 };
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await testServer();
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, 60_000);

  interface Opened {
    readonly page: Page;
    /** Errors, what the policy forbids, and requests to other servers. */
    readonly complaints: string[];
  }

  async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
    const context = await browser.newContext({
      ...{ viewport: { width: 1280, height: 860 }, colorScheme },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    await page.goto(`${server.url}${path}`);
    await page.locator('h1').first().waitFor(PATIENT);
    return { page, complaints };
  }

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (scheme) => {
    for (const hash of ['', '#postSessions']) {
      const { page, complaints } = await open(`/api/docs${hash}`, scheme);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 860 });
        expect(await brokenRules(page), `${hash} ${width}`).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wide, `${hash} is wider than ${width}`).toBe(false);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test('on a phone, what was found stands in the overview', async () => {
    const { page } = await open('/api/docs#getTraces');
    await page.setViewportSize({ width: 390, height: 860 });
    await page.getByRole('searchbox').fill('backup');
    await expect.poll(() => page.locator('.docs-row').count(), PATIENT).toBeLessThan(6);
    await page.getByRole('link', { name: /Backups that are whole/ }).click();
    await page.getByRole('heading', { name: 'Backups that are whole' }).waitFor(PATIENT);
    await page.getByRole('link', { name: 'All routes' }).click();
    await page.getByRole('heading', { name: 'The API of this server' }).waitFor(PATIENT);
    await page.context().close();
  });

  test('the API is read by keyboard: from Sources, by search, route by route, by its address', async () => {
    const { page, complaints } = await open('/p/default/sources');
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.reload();
    await page.locator('h1').first().waitFor(PATIENT);
    await page.getByRole('link', { name: 'its API' }).waitFor(PATIENT);
    const isOfDocs = (address: string): boolean => /ApiDocs|openapi/.test(address);
    expect(loaded.some((address) => address.endsWith('.js'))).toBe(true);
    expect(loaded.filter(isOfDocs)).toEqual([]);
    await page.getByRole('link', { name: 'its API' }).click();
    await expect
      .poll(() => page.locator('h1').first().textContent(), PATIENT)
      .toBe('The API of this server');
    expect(loaded.filter(isOfDocs).length).toBeGreaterThan(1);

    await page.keyboard.press('/');
    await page.keyboard.type('judge traces');
    await expect.poll(() => page.locator('.docs-link').count(), PATIENT).toBeLessThan(10);
    await page.keyboard.press('Enter');
    const judge = 'Judge traces or spans; traces that are finished are judged anew';
    await expect.poll(() => page.locator('h1').first().textContent(), PATIENT).toBe(judge);
    expect(new URL(page.url()).hash).toBe('#postScores');
    expect(await page.title()).toBe('POST /scores · Culprit');
    await page.keyboard.press('c');
    await page.getByText('Copied').waitFor(PATIENT);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(
      new RegExp(`^curl -X POST ${server.url}/api/v1/scores \\\\\n.*"traceId"`, 's'),
    );
    const fields = await page.locator('.docs-fields').first().locator('th code').allTextContents();
    expect(fields.slice(0, 4)).toEqual(['id', 'traceId', 'spanId', 'name']);
    expect(await page.locator('.docs-address').textContent()).toBe('POST /scoresscope ingest');

    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.locator('h1').first().textContent(), PATIENT)
      .toBe('The API of this server');
    await page.goto(`${server.url}/api/docs#getTraces`);
    await page.reload();
    await expect
      .poll(() => page.locator('h1').first().textContent(), PATIENT)
      .toBe('Traces, newest first');
    await page.keyboard.press('j');
    await expect.poll(() => new URL(page.url()).hash, PATIENT).toBe('#deleteTraces');
    await page.goto(`${server.url}/api/docs#nowhere`);
    await expect
      .poll(() => page.locator('h1').first().textContent(), PATIENT)
      .toBe('There is no such route');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
