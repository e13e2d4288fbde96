import { percentDecode } from '@oss-callback/oss-signing';

/** What `x-oss-copy-source` names. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  /** `undefined`: the current version. */
  readonly versionId: string | undefined;
}

/**
 * `/bucket/key?versionId=…`, bucket and key percent-encoded; a `+` is a blank, as the Go SDK writes it (every SDK encodes a
 * real one). Whoever asks what a copy reads asks here, so that what is allowed and what is read are the same.
 */
export function parseCopySource(header: string): CopySource | 'malformed' | 'empty-version' {
  const [, rawBucket, rawKey, query] = /^\/([^/?]+)\/([^?]+)(?:\?(.*))?$/s.exec(header) ?? [];
  const bucket = rawBucket === undefined ? undefined : percentDecode(rawBucket);
  const key = rawKey === undefined ? undefined : percentDecode(rawKey.replaceAll('+', ' '));
  if (bucket === undefined || key === undefined) return 'malformed';
  if (query === undefined) return { bucket, key, versionId: undefined };
  const [, versionId] = /^versionId=([^&]*)$/.exec(query) ?? [];
  if (versionId === undefined) return 'malformed';
  return versionId === '' ? 'empty-version' : { bucket, key, versionId };
}
