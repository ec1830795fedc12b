import type { Browser, Page } from 'playwright-core';
import type { Routes, Schemas } from '../src/client/client.ts';
import type { WorkspaceServer } from './workspace-server.ts';

export interface Opened {
  readonly page: Page;
  /** Errors of scripts, and requests to other servers. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

interface As {
  readonly by?: string;
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
}

/** Pages of people who label, and what they find there. */
export interface LabelPages {
  /** A page of somebody who has given a name. */
  open(path: string, as?: As): Promise<Opened>;
  /** A queue of these traces; default: of failures. */
  newQueue(given: object, subjects?: readonly string[]): Promise<string>;
  /** Oldest first. */
  labelsOf(queue: string): Promise<readonly Schemas['Label'][]>;
  /** Ids of failed traces. */
  failures(): Promise<readonly string[]>;
  /** A person labels a trace outside of queues as a real failure. */
  label(by: string, subject: string, said: object): Promise<void>;
  /** A person answers an item as a real failure. */
  answer(by: string, item: string, said: object): Promise<void>;
}

export function labelPages(server: WorkspaceServer, browser: Browser): LabelPages {
  const post = async (by: string, path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-culprit-person': by },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    async open(path, { by = 'Ada', scheme = 'light', width = 1280 } = {}) {
      const context = await browser.newContext({
        ...{ viewport: { width, height: 860 }, colorScheme: scheme },
      });
      await context.addInitScript((name) => localStorage.setItem('culprit-person', name), by);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url)) complaints.push(request.url());
      });
      await page.goto(`${server.url}/p/default${path}`);
      return { page, complaints, close: () => context.close() };
    },
    async newQueue(given, subjects) {
      const { queue } = (await server.post('/queues', {
        ...{ name: 'Doubt', kind: 'traces', ...given },
      })) as { queue: Schemas['Queue'] };
      const what = subjects === undefined ? { filter: { failed: 'true' } } : { subjects };
      await server.post(`/queues/${queue.id}/items`, what);
      return queue.id;
    },
    labelsOf: async (queue) =>
      (
        (await server.get(`/labels?queue=${queue}`)) as Routes['GET /labels']['answer']
      ).items.toReversed(),
    failures: async () =>
      (
        (await server.get('/traces?failed=true&limit=1000')) as Routes['GET /traces']['answer']
      ).items.map(({ id }) => id),
    label: (by, subject, said) =>
      post(by, '/labels', { kind: 'trace', subject, label: { triage: 'genuine', ...said } }),
    answer: (by, item, said) => post(by, `/items/${item}/answer`, { triage: 'genuine', ...said }),
  };
}

/** A trace that fails for its status, of a kind that the others are not. */
export function strange(id: string): string {
  const at = BigInt(Date.now()) * 1_000_000n;
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const span = {
    ...{ traceId: id.padStart(32, '0'), spanId: id.padStart(16, '0'), name: 'sing' },
    ...{ startTimeUnixNano: String(at), endTimeUnixNano: String(at + 5_000_000n) },
    status: { code: 2, message: 'the choir is out of tune' },
    attributes: [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.prompt.0.role', 'user'),
      text('gen_ai.prompt.0.content', 'Sing the weather'),
    ],
  };
  return JSON.stringify({
    resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }],
  });
}
