import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import type {
  ByteRange,
  CommitOptions,
  CommitOutcome,
  DeleteOutcome,
  NewObject,
  ObjectChange,
  ObjectContent,
  StoredObject,
} from './object-store.ts';
import { refuseCommit } from './refuse-commit.ts';
import { SYSTEM_BUCKET } from './s3-bucket-records.ts';
import type { S3Buckets } from './s3-buckets.ts';
import { BUCKET_MISSING_CODES, OBJECT_EXISTS_CODES, OBJECT_MISSING_CODES } from './s3-connection.ts';
import type { S3Connection } from './s3-connection.ts';
import { decodeObjectHeaders, encodeObjectHeaders } from './s3-object-headers.ts';
import type { S3StagedContent } from './s3-staging.ts';
import { findS3Version, fromS3VersionId, s3VersionId } from './s3-version-listing.ts';
import type { ListedS3Version } from './s3-version-listing.ts';
import { NULL_VERSION_ID } from './version-id.ts';

/** Of `?versionId=`: no such version, or one that is a delete marker. */
const VERSION_MISSING_CODES: readonly string[] = [...OBJECT_MISSING_CODES, 'NoSuchVersion', 'MethodNotAllowed'];

/** What is asked for; the current version unless another is named. */
export interface NamedVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/**
 * The objects of an S3 server, one request or two for each call. A server names no id for the version that has none of its
 * own, so whether there are versions at all is asked of the bucket's record.
 */
export class S3Objects {
  readonly #connection: S3Connection;
  readonly #buckets: S3Buckets;

  constructor(connection: S3Connection, buckets: S3Buckets) {
    this.#connection = connection;
    this.#buckets = buckets;
  }

  /** @param isVersioned whether the bucket has or had versioning; asked for unless given */
  async head(named: NamedVersion, isVersioned?: boolean): Promise<StoredObject | undefined> {
    const asked = isVersioned ?? this.isVersioned(named.bucket);
    const [answer, versioned] = await Promise.all([this.#answerFor('HEAD', named), asked]);
    return answer === undefined ? undefined : decodeVersion(named, answer.headers, versioned);
  }

  async read(named: NamedVersion, range?: ByteRange): Promise<ObjectContent | undefined> {
    const headers: Record<string, string> = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
    const versioned = this.isVersioned(named.bucket);
    const [answer, isVersioned] = await Promise.all([this.#answerFor('GET', named, headers), versioned]);
    return answer === undefined
      ? undefined
      : { object: decodeVersion(named, answer.headers, isVersioned), bytes: answer };
  }

  async put(staged: S3StagedContent, object: NewObject, options: CommitOptions): Promise<CommitOutcome> {
    const { bucket, key } = object;
    const { forbidOverwrite = false, replaces } = options;
    if (bucket === SYSTEM_BUCKET) {
      return { outcome: 'bucket-missing' };
    }
    const current = forbidOverwrite || replaces !== undefined ? await this.head({ bucket, key }) : undefined;
    const refused = refuseCommit(current, options);
    if (refused !== undefined) {
      return refused;
    }
    const headers: Record<string, string> = {
      ...encodeObjectHeaders(object),
      ...(forbidOverwrite && { 'if-none-match': '*' }),
    };
    const codes = [...BUCKET_MISSING_CODES, ...OBJECT_EXISTS_CODES];
    const request = this.#connection.attempt(`object ${bucket}/${key}`, codes, () => {
      if ('memory' in staged) {
        return this.#connection.request({ method: 'PUT', bucket, key, headers, body: staged.memory });
      }
      headers['x-amz-copy-source'] = `/${SYSTEM_BUCKET}/${staged.key}`;
      headers['x-amz-metadata-directive'] = 'REPLACE';
      return this.#connection.request({ method: 'PUT', bucket, key, headers });
    });
    const [putting, isVersioned] = await Promise.all([request, this.isVersioned(bucket)]);
    if (putting.ok) {
      if (replaces !== undefined && current?.versionId !== undefined && current.versionId !== NULL_VERSION_ID) {
        await this.delete({ bucket, key, versionId: current.versionId });
      }
      return { outcome: 'committed', versionId: versionIdIn(putting.value.headers, isVersioned) };
    }
    return { outcome: OBJECT_EXISTS_CODES.includes(putting.code) ? 'object-exists' : 'bucket-missing' };
  }

  /**
   * By a copy of the version onto itself, which MinIO does without moving the bytes. It takes such a copy for the newest
   * version unless told the time of the one that it replaces; other servers may know neither.
   */
  async update(named: NamedVersion, change: (object: StoredObject) => ObjectChange): Promise<StoredObject | undefined> {
    const { bucket, key } = named;
    const before = await this.head(named);
    if (before === undefined) {
      return undefined;
    }
    const object = { ...before, ...change(before) };
    const { versionId } = before;
    const query = versionQuery(versionId) ?? '';
    const headers: Record<string, string> = {
      ...encodeObjectHeaders(object),
      'x-amz-copy-source': `/${bucket}/${encodeURIComponent(key)}${query === '' ? '' : `?${query}`}`,
      'x-amz-metadata-directive': 'REPLACE',
    };
    const copying = await this.#connection.attempt(`object ${bucket}/${key}`, VERSION_MISSING_CODES, async () => {
      if (versionId !== undefined) {
        const listed = await findS3Version(this.#connection, bucket, key, versionId);
        headers['x-minio-source-mtime'] = (listed?.lastModified ?? before.lastModified).toISOString();
      }
      return this.#connection.request({ method: 'PUT', bucket, key, query, headers });
    });
    return copying.ok ? object : undefined;
  }

  async delete(named: NamedVersion): Promise<DeleteOutcome> {
    const { bucket, versionId } = named;
    if (bucket === SYSTEM_BUCKET) {
      return { outcome: 'missing' };
    }
    if (versionId === undefined && (await this.isVersioned(bucket))) {
      await this.#answerFor('DELETE', named);
      // The answer names no marker of the version null, and MinIO adds none where there is no object to hide.
      const marker = await this.findDeleteMarker(named);
      return marker === undefined
        ? { outcome: 'missing' }
        : { outcome: 'deleted', versionId: marker.versionId, isDeleteMarker: true };
    }
    // S3 answers the deletion of nothing as it answers that of something.
    const isDeleteMarker = versionId !== undefined && (await this.findDeleteMarker(named)) !== undefined;
    const object = isDeleteMarker ? undefined : await this.head(named);
    if (!isDeleteMarker && object === undefined) {
      return { outcome: 'missing' };
    }
    await this.#answerFor('DELETE', named);
    if (isDeleteMarker) {
      return { outcome: 'deleted', versionId, isDeleteMarker };
    }
    return object?.versionId === undefined
      ? { outcome: 'deleted' }
      : { outcome: 'deleted', versionId: object.versionId };
  }

  async findDeleteMarker({ bucket, key, versionId }: NamedVersion): Promise<ListedS3Version | undefined> {
    if (bucket === SYSTEM_BUCKET) {
      return undefined;
    }
    const finding = await this.#connection.attempt(`object ${bucket}/${key}`, OBJECT_MISSING_CODES, () =>
      findS3Version(this.#connection, bucket, key, versionId),
    );
    return finding.ok && finding.value?.isDeleteMarker === true ? finding.value : undefined;
  }

  /** Has or had versioning. */
  async isVersioned(bucket: string): Promise<boolean> {
    return (await this.#buckets.versioning(bucket)) !== undefined;
  }

  /** @returns `undefined` when there is no such object */
  async #answerFor(
    method: 'GET' | 'HEAD' | 'DELETE',
    { bucket, key, versionId }: NamedVersion,
    headers: Record<string, string> = {},
  ): Promise<IncomingMessage | undefined> {
    const query = versionQuery(versionId);
    if (bucket === SYSTEM_BUCKET || query === undefined) {
      return undefined;
    }
    const attempt = await this.#connection.attempt(`object ${bucket}/${key}`, VERSION_MISSING_CODES, () =>
      this.#connection.request({ method, bucket, key, query, headers }),
    );
    return attempt.ok ? attempt.value : undefined;
  }
}

/** @returns `undefined` for a version that the server cannot have */
function versionQuery(versionId: string | undefined): string | undefined {
  if (versionId === undefined) {
    return '';
  }
  const id = s3VersionId(versionId);
  return id === undefined ? undefined : `versionId=${id}`;
}

function versionIdIn(headers: IncomingHttpHeaders, isVersioned: boolean): string | undefined {
  const versionId = headers['x-amz-version-id'];
  if (typeof versionId === 'string') {
    return fromS3VersionId(versionId);
  }
  return isVersioned ? NULL_VERSION_ID : undefined;
}

function decodeVersion(
  { bucket, key }: NamedVersion,
  headers: IncomingHttpHeaders,
  isVersioned: boolean,
): StoredObject {
  const versionId = versionIdIn(headers, isVersioned);
  const object = decodeObjectHeaders(bucket, key, headers);
  return versionId === undefined ? object : { ...object, versionId };
}
