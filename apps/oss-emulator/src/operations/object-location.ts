import { percentEncode } from '@oss-callback/oss-signing';
import type { OssRequest } from '../http/oss-request.ts';

/**
 * The URL of an object as its uploader reached the bucket: `Location` of answers. With a bucket in the path it has one too
 * (the Java SDK's tests compare, for an IP endpoint). A slash of the key is escaped like everything else,
 * and so is `~` (UploadPartCopyTest, special characters).
 */
export function objectLocation({ headers, hostName, address }: OssRequest, bucket: string, key: string): string {
  const host = headers['host'] ?? hostName;
  const path = percentEncode(key).replaceAll('~', '%7E');
  return address.style === 'path' ? `http://${host}/${bucket}/${path}` : `http://${host}/${path}`;
}
