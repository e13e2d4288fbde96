import { hasObjectWorm } from '../bucket-configuration/has-object-worm.ts';
import { defaultRetention } from '../bucket-configuration/object-worm-configuration.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ObjectRetention, ObjectWorm } from '../store/object-attributes.ts';
import type { BucketRecord, StoredObject } from '../store/object-store.ts';

const MODE_HEADER = 'x-oss-object-worm-mode';
const UNTIL_HEADER = 'x-oss-object-worm-retain-until-date';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/**
 * The retention that an upload asks for.
 * @throws {OssError} `InvalidArgument`
 */
export function readWormHeaders(headers: RequestHeaders): ObjectWorm | undefined {
  const mode = headers[MODE_HEADER];
  const until = headers[UNTIL_HEADER];
  if (mode === undefined && until === undefined) return undefined;
  if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') throw invalid(MODE_HEADER, mode, 'COMPLIANCE or GOVERNANCE');
  const time = parseRetainUntil(until ?? '');
  if (time === undefined) throw invalid(UNTIL_HEADER, until, 'a time in UTC, such as 2026-10-11T00:00:00.000Z');
  return { retention: { mode, until: time.toISOString() } };
}

function invalid(name: string, value: string | undefined, rule: string): OssError {
  const members = { ArgumentName: name, ArgumentValue: value };
  return new OssError('InvalidArgument', members, { message: `${name} must be ${rule}.` });
}

/** @returns `undefined` for what is no time in ISO 8601 and UTC */
export function parseRetainUntil(text: string): Date | undefined {
  const time = new Date(text);
  return TIME.test(text) && !Number.isNaN(time.getTime()) ? time : undefined;
}

/** HeadObject's headers: Terraform's provider reads the first two, and the third was seen beside them. */
export function wormHeaders(worm: ObjectWorm | undefined): Record<string, string | undefined> {
  return {
    [MODE_HEADER]: worm?.retention?.mode,
    [UNTIL_HEADER]: worm?.retention?.until,
    'x-oss-object-worm-legal-hold': worm?.legalHold === true ? 'ON' : undefined,
  };
}

/**
 * What protects a new object: what its upload says, or the bucket's default.
 * @throws {OssError} `InvalidRequest` for a bucket whose objects cannot be protected
 */
export function uploadedWorm(
  asked: ObjectWorm | undefined,
  bucket: BucketRecord,
  uploadedAt: Date,
): ObjectWorm | undefined {
  if (asked !== undefined) requireObjectWorm(bucket);
  if (asked !== undefined || !hasObjectWorm(bucket)) return asked;
  const retention = defaultRetention(bucket, uploadedAt);
  return retention && { retention };
}

/** @throws {OssError} `InvalidRequest` (page putobjectretention) */
export function requireObjectWorm(bucket: BucketRecord): void {
  if (hasObjectWorm(bucket)) return;
  const message = 'Object-level retention is not enabled for the bucket.';
  throw new OssError('InvalidRequest', { BucketName: bucket.name }, { message });
}

/**
 * Whether that version has to stay. A retention in GOVERNANCE mode gives way to who asks for it by name; no other does.
 * @throws {OssError} `FileImmutable`
 */
export async function requireDeletable(
  { request, bucket, emulator }: OperationCall,
  record: BucketRecord,
  { key, versionId }: { readonly key: string; readonly versionId: string | undefined },
): Promise<void> {
  // Without a version id a delete marker is added, and nothing is lost.
  if (versionId === undefined || !hasObjectWorm(record)) return;
  const object = await emulator.store.head(bucket, key, versionId);
  if (object === undefined || !isProtected(object, emulator.now(), bypassesGovernance(request.headers))) return;
  throw new OssError('FileImmutable', { Key: key, VersionId: versionId });
}

export function bypassesGovernance(headers: RequestHeaders): boolean {
  return headers['x-oss-bypass-governance-retention']?.toLowerCase() === 'true';
}

function isProtected({ worm }: StoredObject, now: Date, bypass: boolean): boolean {
  if (worm?.legalHold === true) return true;
  const { retention } = worm ?? {};
  return retention !== undefined && isRunning(retention, now) && !(bypass && retention.mode === 'GOVERNANCE');
}

export function isRunning({ until }: ObjectRetention, now: Date): boolean {
  return Date.parse(until) > now.getTime();
}
