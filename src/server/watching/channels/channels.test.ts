import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, expect, test } from 'vitest';
import { operatorSchema } from '../../../contract/operator.ts';
import { sampleAlert } from '../../../testing/sample-alert.ts';
import { openChannels } from './open-channels.ts';
import { isPublic } from './public-address.ts';
import { runCommand } from './run-command.ts';

const NOW = Date.now();
const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A receiver that answers with these states in turn. */
async function receiver(...states: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(states.shift() ?? 204, { location: 'http://127.0.0.1:1/' });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

const open = (channel: object, allowPrivateAddresses = true) => {
  const operator = operatorSchema.parse({ channels: { team: channel }, allowPrivateAddresses });
  const found = openChannels(operator, () => NOW).find('team');
  if (found === null) throw new Error('no channel');
  return found.send;
};
const alert = sampleAlert('shop', { headline: 'Fails by “<!channel> & you”' });

test('a webhook is signed as standardwebhooks checks it', async () => {
  const { url, received } = await receiver();
  const secret = `whsec_${Buffer.from('a secret of the tests alone').toString('base64')}`;
  await open({ kind: 'webhook', url, secret })(alert, 'shop failures-5 opened team');
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  expect(new Webhook(secret).verify(body, headers)).toEqual(alert);
  expect(() => new Webhook(secret).verify(body.replace('Ada', 'Eve'), headers)).toThrow();
});

test('a text for Slack mentions nobody and links nowhere', async () => {
  const { url, received } = await receiver();
  await open({ kind: 'slack', url })(alert, 'id');
  const { text } = JSON.parse(received[0]?.body ?? '') as { text: string };
  expect(text).toBe(
    'Alert · shop: Fails by “&lt;!channel&gt; &amp; you”\nOwner: Ada\n1 trace: t1\nNext: culprit analyze',
  );
});

test('whatever but 2xx is a failure, and redirects are not followed', async () => {
  const { url, received } = await receiver(500, 302);
  const send = open({ kind: 'slack', url });
  await expect(send(alert, 'id')).rejects.toThrow('127.0.0.1 answered 500');
  await expect(send(alert, 'id')).rejects.toThrow('127.0.0.1 answered 302');
  expect(received).toHaveLength(2);
});

test('an email gets to a real server, without headers that its text would add', async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      let mail = '';
      stream.on('data', (part) => {
        mail += part;
      });
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const send = open({
    ...{ kind: 'email', server: `smtp://127.0.0.1:${port}` },
    ...{ from: 'culprit@example.com', to: ['ada@example.com', 'eve@example.com'] },
  });
  await send(sampleAlert('shop', { headline: 'It fails\r\nBcc: all@example.com' }), 'id');
  const [mail = ''] = mails;
  const [head = ''] = mail.split('\r\n\r\n');
  expect(head).toContain('To: ada@example.com, eve@example.com');
  expect(head).toMatch(/^Subject: .*It_fails/m);
  expect(head).not.toMatch(/^Bcc:/m);
});

test('a command gets a file with the alert, and nothing of it in its arguments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-command-'));
  const script = join(folder, 'page.sh');
  const kept = join(folder, 'kept.json');
  writeFileSync(script, `test "$1" = pager && cp "$2" ${kept}\n`);
  await expect(
    open({ kind: 'command', command: ['sh', script, 'pager'] })(alert, 'id'),
  ).resolves.toBe(undefined);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(alert);
  const failing = join(folder, 'fail.sh');
  writeFileSync(failing, 'echo "no pager" >&2; exit 3\n');
  await expect(runCommand(['sh', failing])(alert, 'id')).rejects.toThrow(
    'sh ended with 3: no pager',
  );
  await expect(runCommand(['sleep', '30', '--'], 50)(alert, 'id')).rejects.toThrow(/sleep/);
  await expect(runCommand(['/no/such/program'])(alert, 'id')).rejects.toThrow('ENOENT');
});

test('private addresses are refused unless the operator allows them, also behind a name', async () => {
  const { url, received } = await receiver();
  const byName = url.replace('127.0.0.1', 'localhost');
  for (const each of [url, byName, 'http://[::1]:9/', 'http://169.254.169.254/latest']) {
    await expect(open({ kind: 'slack', url: each }, false)(alert, 'id')).rejects.toThrow(
      'an address of a private network',
    );
  }
  const email = { kind: 'email', server: 'smtp://localhost:25', from: 'a@b.c', to: ['d@e.f'] };
  await expect(open(email, false)(alert, 'id')).rejects.toThrow('an address of a private network');
  expect(received).toEqual([]);
});

/** From the registries of IANA for special-purpose addresses. */
test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['127.9.9.9', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['example.com', false],
])('%s is of the internet: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});
