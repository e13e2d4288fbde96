import { json } from 'node:stream/consumers';

import { decodeBucketRecord } from './decode-bucket-record.ts';
import type { WrittenBucketRecord } from './decode-bucket-record.ts';
import type { BucketRecord } from './object-store.ts';
import { BUCKET_MISSING_CODES, BUCKET_TAKEN_CODES, OBJECT_MISSING_CODES } from './s3-connection.ts';
import type { S3Connection } from './s3-connection.ts';
import { listNames } from './s3-listing.ts';

/** The emulator's own bucket: what buckets of OSS have and those of S3 have not, and staged bytes. Not listed. */
export const SYSTEM_BUCKET = 'oss-emulator-system';
export const STAGING_PREFIX = 'staging/';
const RECORD_PREFIX = 'buckets/';
const STAGING_LIFETIME_DAYS = 1;

/** Keeps the attributes of buckets as small JSON objects. A bucket that another tool made has no record. */
export class S3BucketRecords {
  readonly #connection: S3Connection;

  constructor(connection: S3Connection) {
    this.#connection = connection;
  }

  async find(name: string): Promise<BucketRecord | undefined> {
    const reading = await this.#connection.attempt(`bucket ${name}`, OBJECT_MISSING_CODES, async () => {
      const answer = await this.#connection.request({ method: 'GET', bucket: SYSTEM_BUCKET, key: recordKey(name) });
      return (await json(answer)) as WrittenBucketRecord;
    });
    return reading.ok ? decodeBucketRecord(reading.value) : undefined;
  }

  async write(record: BucketRecord): Promise<void> {
    await this.#connection.attempt(`bucket ${record.name}`, [], () =>
      this.#connection.request({
        method: 'PUT',
        bucket: SYSTEM_BUCKET,
        key: recordKey(record.name),
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(record)),
      }),
    );
  }

  async remove(name: string): Promise<void> {
    await this.#connection.attempt(`bucket ${name}`, OBJECT_MISSING_CODES, () =>
      this.#connection.request({ method: 'DELETE', bucket: SYSTEM_BUCKET, key: recordKey(name) }),
    );
  }

  /** The buckets that were created through the emulator. */
  async names(): Promise<string[]> {
    const names: string[] = [];
    const query = { prefix: RECORD_PREFIX, delimiter: '', startAfter: '', maxKeys: Number.MAX_SAFE_INTEGER };
    await this.#connection.attempt('buckets', BUCKET_MISSING_CODES, async () => {
      for await (const { name } of listNames(this.#connection, SYSTEM_BUCKET, query)) {
        names.push(name.slice(RECORD_PREFIX.length, -'.json'.length));
      }
    });
    return names;
  }
}

/** Also shows that the server can be reached and takes the credentials. */
export async function createSystemBucket(connection: S3Connection): Promise<void> {
  const { client, region } = connection;
  const name = `bucket ${SYSTEM_BUCKET}`;
  const existing = await connection.attempt(name, [], () => client.bucketExists(SYSTEM_BUCKET));
  if (existing.ok && existing.value) {
    return;
  }
  await connection.attempt(name, BUCKET_TAKEN_CODES, () => client.makeBucket(SYSTEM_BUCKET, region));
  const rule = {
    ID: 'remove what was staged and never committed',
    Status: 'Enabled',
    Filter: { Prefix: STAGING_PREFIX },
    Expiration: { Days: STAGING_LIFETIME_DAYS },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: STAGING_LIFETIME_DAYS },
  };
  // Not every server has lifecycle rules. Without them, what a killed emulator left staged stays there.
  await client.setBucketLifecycle(SYSTEM_BUCKET, { Rule: [rule] }).catch(() => undefined);
}

function recordKey(bucket: string): string {
  return `${RECORD_PREFIX}${bucket}.json`;
}
