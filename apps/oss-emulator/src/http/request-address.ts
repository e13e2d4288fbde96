import { isIP } from 'node:net';
import { isAddressableBucketName, isBucketName } from '../bucket-name.ts';
import { isOutsidePublicDns, isOfficialHostName } from './host-name.ts';
import { validObjectKey } from '../object-key.ts';
import { OssError } from '../oss-error.ts';
import { decodeTargetText } from './request-target.ts';

/** Which bucket and object a request is about, and how it said so. */
export interface RequestAddress {
  readonly style: 'path' | 'virtual-hosted';
  /** `undefined`: the request is about the service as a whole. */
  readonly bucket: string | undefined;
  /** `undefined`: the request is about the bucket, or the service. */
  readonly key: string | undefined;
}

export interface AddressRules {
  /** Names the emulator itself goes by, such as that of its public URL. */
  readonly ownHostNames: ReadonlySet<string>;
  readonly bucketExists: (name: string) => Promise<boolean>;
  /** `strict`: path style is refused, as the real service refuses it. */
  readonly addressing: 'any' | 'strict';
}

/** Not a legal bucket name, so it can never hide one. */
const CONTROL_SEGMENT = '__emulator';

/** @returns the part of the path behind `/__emulator/`, or `undefined` for a request that is OSS's. */
export function controlPath(hostName: string, rawPath: string, rules: AddressRules): string | undefined {
  const [, first, rest] = /^\/([^/]*)(?:\/(.*))?$/s.exec(rawPath) ?? [];
  if (first !== CONTROL_SEGMENT) return undefined;
  // A public name that points to a loopback address is how web pages reach local servers: they get no control.
  const own = isOutsidePublicDns(hostName) || rules.ownHostNames.has(hostName);
  return own && bucketLabel(hostName, rules) === undefined ? (rest ?? '') : undefined;
}

/**
 * Finds bucket and key by the rules of OSS's SDKs: the host names the bucket (`bucket.oss-cn-hangzhou.aliyuncs.com`, also
 * what ali-oss sends to an IP endpoint; `bucket.localhost`), or the first path segment does.
 * @returns the likeliest address first. There is another one when host and path name the same bucket: ali-oss with
 * `sldEnable` writes both for an IP endpoint, and only the signature tells whether the path's is part of the key. And when
 * the path has a `+`, which is a blank to the Ruby SDK (http.rb, test_object_key.rb): again the signature tells.
 * @throws {OssError} `InvalidBucketName`, `InvalidObjectName`, or `SecondLevelDomainForbidden` in strict addressing
 */
export async function resolveAddresses(
  hostName: string,
  rawPath: string,
  rules: AddressRules,
): Promise<readonly [RequestAddress, ...RequestAddress[]]> {
  const labelled = bucketLabel(hostName, rules) ?? (await existingBucketLabel(hostName, rules));
  if (labelled === undefined && rawPath === '/') return [{ style: 'path', bucket: undefined, key: undefined }];
  if (labelled === undefined && rules.addressing === 'strict') throw new OssError('SecondLevelDomainForbidden');
  const literal = readAddresses(labelled, rawPath, rules);
  if (!rawPath.includes('+')) return literal;
  return [...literal, ...readAddresses(labelled, rawPath.replaceAll('+', '%20'), rules)];
}

/** @param labelled the bucket that the host names */
function readAddresses(
  labelled: string | undefined,
  rawPath: string,
  rules: AddressRules,
): readonly [RequestAddress, ...RequestAddress[]] {
  if (labelled === undefined) return [pathStyleAddress(rawPath)];
  const bucket = validBucketName(labelled);
  const address: RequestAddress = { style: 'virtual-hosted', bucket, key: readKey(rawPath.slice(1)) };
  const isInBoth = rawPath === `/${bucket}` || rawPath.startsWith(`/${bucket}/`);
  return isInBoth && rules.addressing === 'any' ? [address, pathStyleAddress(rawPath)] : [address];
}

function pathStyleAddress(rawPath: string): RequestAddress {
  const slashAt = rawPath.indexOf('/', 1);
  const bucket = validBucketName(decodeTargetText(slashAt < 0 ? rawPath.slice(1) : rawPath.slice(1, slashAt)));
  return { style: 'path', bucket, key: slashAt < 0 ? undefined : readKey(rawPath.slice(slashAt + 1)) };
}

/** The label before a host name that is known to be OSS's or ours. */
function bucketLabel(hostName: string, { ownHostNames }: AddressRules): string | undefined {
  if (isIP(hostName) !== 0 || ownHostNames.has(hostName)) return undefined;
  const dotAt = hostName.indexOf('.');
  if (dotAt < 0) return undefined;
  const parent = hostName.slice(dotAt + 1);
  if (isOfficialHostName(parent)) {
    // `a.b.oss-cn-hangzhou.aliyuncs.com` is not the bucket `a`: Go SDK v1, TestUseCname, makes it of a wrong endpoint.
    const endpointAt = hostName.indexOf('.oss-');
    return hostName.slice(0, endpointAt < 0 ? dotAt : endpointAt);
  }
  return parent === 'localhost' || ownHostNames.has(parent) ? hostName.slice(0, dotAt) : undefined;
}

/** Under any other name, such as a container's alias, the first label counts only if there is such a bucket. */
async function existingBucketLabel(hostName: string, rules: AddressRules): Promise<string | undefined> {
  if (isIP(hostName) !== 0 || isOfficialHostName(hostName) || rules.ownHostNames.has(hostName)) return undefined;
  const dotAt = hostName.indexOf('.');
  const label = hostName.slice(0, Math.max(dotAt, 0));
  return isBucketName(label) && (await rules.bucketExists(label)) ? label : undefined;
}

function validBucketName(name: string | undefined): string {
  if (name === undefined || !isAddressableBucketName(name)) {
    throw new OssError('InvalidBucketName', { BucketName: name });
  }
  return name;
}

function readKey(rawKey: string): string | undefined {
  return rawKey === '' ? undefined : validObjectKey(decodeTargetText(rawKey));
}
