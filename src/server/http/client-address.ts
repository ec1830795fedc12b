import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { CulpritError } from '../../contract/culprit-error.ts';

/** Where a request came from, as far as that is known for sure. */
export type ClientAddress = (incoming: Pick<IncomingMessage, 'socket' | 'headers'>) => string;

/**
 * The address of the connection; for connections from a trusted proxy, the last address in `X-Forwarded-For` that is none
 * of a trusted proxy: what stands before it, anybody may have written.
 * @param proxies addresses, or networks such as `10.0.0.0/8`
 * @throws CulpritError `invalid_option`
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) add(trusted, proxy);
  const isTrusted = (address: string): boolean => {
    const family = isIP(address);
    return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
  return ({ socket, headers }) => {
    const own = plain(socket.remoteAddress ?? '127.0.0.1');
    if (!isTrusted(own)) return own;
    const given = [headers['x-forwarded-for'] ?? ''].flat().join(',');
    const addresses = given.split(',').map((each) => plain(each.trim()));
    const found = addresses.findLast((address) => !isTrusted(address));
    return found !== undefined && isIP(found) !== 0 ? found : own;
  };
}

/** IPv4 addresses reach a socket of IPv6 as `::ffff:127.0.0.1`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function add(list: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : Number(bits);
  if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most || bits === '')
    throw new CulpritError(
      'invalid_option',
      `CULPRIT_TRUSTED_PROXY: “${proxy.slice(0, 100)}” is no address or network; give one such as 10.0.0.5 or 10.0.0.0/8`,
    );
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
}
