import { isIP } from 'node:net';
import { percentEncode, percentEncodePath } from './percent-encode.ts';
import { queryEntries } from './query-entries.ts';
import type { QueryParameters } from './signable-request.ts';
import { SigningInputError } from './signing-input-error.ts';

/** How a URL names its bucket: before the endpoint's host, first in the path, or not at all (a custom domain is one bucket). */
export type Addressing = 'virtual-hosted' | 'path' | 'custom-domain';

/** Where a service, a bucket or an object is. */
export interface ObjectAddress {
  /** Scheme and host, nothing else: `https://oss-cn-hangzhou.aliyuncs.com`, `http://127.0.0.1:9280`. */
  readonly endpoint: string;
  /** `virtual-hosted` unless given; `path` for IP addresses and `localhost`, which cannot have a bucket before them. */
  readonly addressing?: Addressing | undefined;
  readonly bucket?: string | undefined;
  /** Raw key, not percent-encoded. */
  readonly key?: string | undefined;
  /** Decoded parameters, written in the given order. */
  readonly query?: QueryParameters | undefined;
}

/** OSS: bucket naming rules. In a host name, anything else could lead the request to another host. */
const BUCKET_NAME = /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/;

/**
 * The URL of a service, bucket or object. The key is percent-encoded and otherwise left as it is: `//`, `.` and `..` are
 * legal in keys. (`fetch` and `new URL` collapse the dot segments of such a key; `node:http` sends them.)
 *
 * OSS: *Access OSS by endpoint*; default for IP addresses and localhost: Java SDK, `OSSClient`.
 *
 * @throws {SigningInputError} when the endpoint is more or less than scheme and host, or the bucket name is impossible
 */
export function objectUrl(address: ObjectAddress): string {
  const { bucket, key = '' } = address;
  const endpoint = parseEndpoint(address.endpoint);
  if (bucket !== undefined && !BUCKET_NAME.test(bucket)) {
    throw new SigningInputError('bucket', 'must be 3 to 63 lower-case letters, digits and hyphens');
  }
  if (bucket === undefined && key !== '') {
    throw new SigningInputError('bucket', 'must be given with a key');
  }
  const addressing = address.addressing ?? defaultAddressing(endpoint);
  const host = addressing === 'virtual-hosted' && bucket !== undefined ? `${bucket}.${endpoint.host}` : endpoint.host;
  const path = addressing === 'path' && bucket !== undefined ? `/${bucket}/${key}` : `/${key}`;
  return `${endpoint.protocol}//${host}${percentEncodePath(path)}${queryString(address.query)}`;
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && url.href === `${url.origin}/`;
  if (!isOrigin || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new SigningInputError('endpoint', 'must be http:// or https:// and a host, without path, query or user');
  }
  return url;
}

function defaultAddressing({ hostname }: URL): Addressing {
  const cannotTakeBucket = hostname === 'localhost' || isIP(hostname) !== 0 || hostname.startsWith('[');
  return cannotTakeBucket ? 'path' : 'virtual-hosted';
}

function queryString(query: QueryParameters | undefined): string {
  const parameters = queryEntries(query).map(([name, value]) =>
    value === '' ? percentEncode(name) : `${percentEncode(name)}=${percentEncode(value)}`,
  );
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}
