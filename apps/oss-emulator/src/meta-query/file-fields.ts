import type { StoredObject } from '../store/object-store.ts';

/** What a query can ask of a file; numbers are compared as numbers, dates as points in time. */
export type FieldValue = string | number | Date;

type ReadField = (object: StoredObject) => FieldValue | undefined;

const FIELDS: ReadonlyMap<string, ReadField> = new Map<string, ReadField>([
  ['Filename', ({ key }) => key],
  ['Size', ({ sizeBytes }) => sizeBytes],
  ['FileModifiedTime', ({ lastModified }) => lastModified],
  ['OSSObjectType', ({ objectType }) => objectType],
  ['OSSStorageClass', ({ storageClass }) => storageClass],
  ['ObjectACL', ({ acl }) => acl ?? 'default'],
  ['ETag', ({ etag }) => `"${etag}"`],
  ['OSSCRC64', ({ crc64 }) => crc64?.toString()],
  ['ServerSideEncryption', ({ serverSideEncryption }) => serverSideEncryption?.algorithm],
  ['ContentType', ({ contentType }) => contentType],
  ['OSSTaggingCount', ({ tags = [] }) => tags.length],
]);

const TAG = 'OSSTagging.';
const USER_META = 'OSSUserMeta.';
const USER_META_HEADER = 'x-oss-meta-';

/**
 * Names of tags count letter by letter, those of user metadata in any case.
 *
 * https://www.alibabacloud.com/help/en/oss/developer-reference/appendix-supported-fields-and-operators: the fields that an
 * object has without a look into its bytes.
 *
 * @returns `undefined` for a name that no file has
 */
export function findField(name: string): ReadField | undefined {
  if (name.startsWith(TAG)) {
    const tag = name.slice(TAG.length);
    return ({ tags = [] }) => tags.find(([key]) => key === tag)?.[1];
  }
  if (name.startsWith(USER_META)) {
    const header = name.slice(USER_META.length).toLowerCase();
    const key = header.startsWith(USER_META_HEADER) ? header.slice(USER_META_HEADER.length) : header;
    return ({ userMetadata }) => (Object.hasOwn(userMetadata, key) ? userMetadata[key] : undefined);
  }
  return FIELDS.get(name);
}
