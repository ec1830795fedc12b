import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkHost, listen } from './listen.ts';

test.each(['127.0.0.1', 'localhost', '0.0.0.0'])(
  'this machine has the address %s',
  async (host) => {
    await expect(checkHost(host)).resolves.toBeUndefined();
  },
);

test.each(['300.1.1.1', '192.0.2.1', 'no such name'])('and not %s', async (host) => {
  await expect(checkHost(host)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(new RegExp(`^host: this machine has no address “${host}” \\(E`)),
  });
});

test('of a port that is taken, the port is named', async () => {
  const [first, second] = [createServer(), createServer()];
  await listen(first, 0, '127.0.0.1');
  const { port } = first.address() as { readonly port: number };
  await expect(listen(second, port, '127.0.0.1')).rejects.toThrow(
    `port: 127.0.0.1:${port} cannot be used (EADDRINUSE); choose another`,
  );
  await new Promise((done) => first.close(done));
});
