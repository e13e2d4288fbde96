import { percentEncodePath } from '@oss-callback/oss-signing';
import type { OssRequest } from '../oss-request.ts';

/**
 * The URL of an object as its uploader reached the bucket: `Location` of answers. With a bucket in the path it has one too
 * (seen by the Java SDK's tests for an IP endpoint).
 */
export function objectLocation({ headers, hostName, address }: OssRequest, bucket: string, key: string): string {
  const host = headers['host'] ?? hostName;
  const path = percentEncodePath(key);
  return address.style === 'path' ? `http://${host}/${bucket}/${path}` : `http://${host}/${path}`;
}
