import { isIPv4, isIPv6 } from 'node:net';

/** How far away an OSS endpoint is: on this machine, on a network of ours, or anywhere else. */
export type EndpointReach = 'loopback' | 'private' | 'public';

/** Names that the public DNS never serves (RFC 6761, RFC 6762, and the top-level domain reserved for private use). */
const PRIVATE_SUFFIXES = ['.local', '.internal', '.test', '.home.arpa'];

/**
 * Classifies the host of an endpoint without asking the DNS. Only what certainly is local counts as local: every
 * custom domain may be a bucket of the real OSS, so an unknown name is `public`. Link-local addresses, where cloud
 * machines find their metadata service, are `public` too.
 *
 * @param endpoint an absolute `http:` or `https:` URL
 */
export function endpointReach(endpoint: URL): EndpointReach {
  const host = endpoint.hostname.replace(/\.$/, '').toLowerCase();
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (isIPv4(address)) {
    return ipv4Reach(address);
  }
  if (isIPv6(address)) {
    return address === '::1' ? 'loopback' : /^f[cd]/.test(address) ? 'private' : 'public';
  }
  if (host === 'localhost' || host.endsWith('.localhost')) {
    return 'loopback';
  }
  // A name without a dot is a machine or container of the same network.
  return !host.includes('.') || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix)) ? 'private' : 'public';
}

function ipv4Reach(address: string): EndpointReach {
  const [first = 0, second = 0] = address.split('.').map(Number);
  if (first === 127) {
    return 'loopback';
  }
  const isPrivate =
    first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
  return isPrivate ? 'private' : 'public';
}
