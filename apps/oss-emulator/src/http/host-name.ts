import { isIP } from 'node:net';

/**
 * `localhost:9280`, `[::1]:9280`, `bucket.oss-cn-hangzhou.aliyuncs.com`; also `.oss-cn-hangzhou.aliyuncs.com`, which is
 * what ali-oss makes of no bucket when it lists the buckets of an IP endpoint (`lib/common/utils/createRequest.js`).
 */
const HOST = /^\.?(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?)\.?(?::\d{1,5})?$/i;

/** @returns the lower-case name without port, brackets and final dot; `undefined` when `text` is no host. */
export function parseHostName(text: string): string | undefined {
  const name = HOST.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  if (!name.startsWith('[')) return name.includes('..') ? undefined : name;
  const address = name.slice(1, -1);
  return isIP(address) === 6 ? address : undefined;
}

/** `oss-cn-hangzhou.aliyuncs.com` and every name under it. */
export function isOfficialHostName(name: string): boolean {
  return name.endsWith('.aliyuncs.com');
}

/**
 * What nobody can make a public name point to, and so no web page (DNS rebinding): an address itself, a name of one label such
 * as `localhost` or a container's alias, and the reserved endings.
 */
export function isOutsidePublicDns(name: string): boolean {
  return isIP(name) !== 0 || !name.includes('.') || /\.(?:localhost|internal|local|test)$/.test(name);
}
