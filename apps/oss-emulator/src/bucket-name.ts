const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const ADDRESSABLE_BUCKET_NAME = /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/;

export const BUCKET_NAME_RULE = '3 to 63 characters of a-z, 0-9 and "-", beginning and ending with a letter or digit';

/** OSS: "Bucket naming conventions", https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions */
export function isBucketName(name: string): boolean {
  return BUCKET_NAME.test(name);
}

/**
 * Requests may name a bucket with an underscore, though none is created with one any more: they find no such bucket (Java
 * SDK, BUCKET_NAMING_REGEX beside BUCKET_NAMING_CREATION_REGEX, and BucketInfoTest).
 */
export function isAddressableBucketName(name: string): boolean {
  return ADDRESSABLE_BUCKET_NAME.test(name);
}
