const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

export const BUCKET_NAME_RULE = '3 to 63 characters of a-z, 0-9 and "-", beginning and ending with a letter or digit';

/** OSS: "Bucket naming conventions", https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions */
export function isBucketName(name: string): boolean {
  return BUCKET_NAME.test(name);
}
