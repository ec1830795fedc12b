import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  }) as unknown as IncomingMessage;

describe('where a request came from', () => {
  test.each([
    ['nobody is trusted', [], '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['a proxy nobody named', ['10.0.0.5'], '10.0.0.6', '198.51.100.1', '10.0.0.6'],
    ['a named proxy', ['10.0.0.5'], '10.0.0.5', '198.51.100.1', '198.51.100.1'],
    ['as IPv6 sees it', ['10.0.0.5'], '::ffff:10.0.0.5', '198.51.100.1', '198.51.100.1'],
    ['what the client forged', ['10.0.0.5'], '10.0.0.5', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['two proxies', ['10.0.0.0/8'], '10.0.0.5', '1.2.3.4, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['no header', ['10.0.0.5'], '10.0.0.5', undefined, '10.0.0.5'],
    ['a word', ['10.0.0.5'], '10.0.0.5', 'unknown', '10.0.0.5'],
    ['IPv6', ['fd00::/8'], 'fd00::1', '2001:db8::7', '2001:db8::7'],
  ])('%s', (_, proxies, remote, forwarded, expected) => {
    expect(clientAddress(proxies)(from(remote, forwarded))).toBe(expected);
  });

  test.each(['proxy.example.com', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x'])('%s', (proxy) => {
    expect(() => clientAddress([proxy])).toThrow(/CULPRIT_TRUSTED_PROXY/);
  });
});
