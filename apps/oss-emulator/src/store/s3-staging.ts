import { randomUUID } from 'node:crypto';

import type { S3Connection } from './s3-connection.ts';
import { smallOrLarge } from './small-or-large.ts';

/** Up to this size bytes are staged in memory, and one request commits them. Larger ones are uploaded in parts of this. */
const PART_BYTES = 8 * 1024 * 1024;

/** Where staged bytes are: in memory, or an object in the staging bucket. */
export type S3StagedContent =
  | { readonly memory: Buffer; readonly sizeBytes: number }
  | { readonly key: string; readonly sizeBytes: number };

/**
 * Puts the bytes where no reader looks.
 *
 * @throws what `bytes` throws, or the client's error; nothing is left then
 */
export async function stageInS3(
  { client }: S3Connection,
  stagingBucket: string,
  stagingPrefix: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<S3StagedContent> {
  const content = await smallOrLarge(bytes, PART_BYTES);
  if ('small' in content) {
    return { memory: content.small, sizeBytes: content.small.length };
  }
  const key = `${stagingPrefix}${randomUUID()}`;
  const uploadId = await client.initiateNewMultipartUpload(stagingBucket, key, {});
  const upload = { bucketName: stagingBucket, objectName: key, uploadID: uploadId, headers: {} };
  const uploads: Promise<{ part: number; etag: string }>[] = [];
  let sizeBytes = 0;
  try {
    for await (const piece of inPieces(content.large)) {
      // While one part is on its way, the next is read: no more than two are in memory.
      await uploads.at(-1);
      const uploading = client.uploadPart({ ...upload, partNumber: uploads.length + 1 }, piece);
      // It is awaited a turn later; until then a failure would count as unhandled.
      uploading.catch(() => undefined);
      uploads.push(uploading);
      sizeBytes += piece.length;
    }
    const parts = (await Promise.all(uploads)).map(({ part, etag }) => ({ part, etag }));
    await client.completeMultipartUpload(stagingBucket, key, uploadId, parts);
  } catch (error) {
    await Promise.allSettled(uploads);
    await client.abortMultipartUpload(stagingBucket, key, uploadId);
    throw error;
  }
  return { key, sizeBytes };
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let chunks: Uint8Array[] = [];
  let gatheredBytes = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    gatheredBytes += chunk.length;
    if (gatheredBytes >= PART_BYTES) {
      yield Buffer.concat(chunks, gatheredBytes);
      chunks = [];
      gatheredBytes = 0;
    }
  }
  if (gatheredBytes > 0) {
    yield Buffer.concat(chunks, gatheredBytes);
  }
}
