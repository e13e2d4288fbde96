import { randomUUID } from 'node:crypto';

/** Stands for the version without an id of its own: put before versioning was enabled, or while it was suspended. */
export const NULL_VERSION_ID = 'null';

/**
 * Version ids look as OSS's do: 64 characters, the Base64 of a record that ends in 32 hexadecimal digits. Here these are
 * the digits of a UUID, so that the id of a version that an S3 server gave can be told either way. What stands in front of
 * them is that of a sample of the documentation and means nothing here.
 */
const ID_START = Buffer.from('08011035188180c0a58fba83d0162220', 'hex');

export function newVersionId(): string {
  return versionIdOf(randomUUID());
}

/** @param uuid as {@link uuidOf} gives it */
export function versionIdOf(uuid: string): string {
  return Buffer.concat([ID_START, Buffer.from(uuid.replaceAll('-', ''))]).toString('base64');
}

/** @returns `undefined` for what {@link versionIdOf} never gave */
export function uuidOf(versionId: string): string | undefined {
  const digits = Buffer.from(versionId, 'base64').toString('latin1').slice(ID_START.length);
  const [, ...groups] = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(digits) ?? [];
  const uuid = groups.join('-');
  return groups.length > 0 && versionIdOf(uuid) === versionId ? uuid : undefined;
}
