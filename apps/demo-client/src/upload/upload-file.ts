import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { interpretUploadResponse } from '@oss-callback/oss-callback';
import { contentTypeOfFile } from '../content-type.ts';
import { GrantError, requestGrant } from './upload-grant.ts';
import type { UploadGrant } from './upload-grant.ts';
import { UploadError, uploadPut } from './upload-put.ts';

export interface UploadFileOptions {
  readonly file: string;
  readonly serverUrl: string;
  readonly contentType: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly callbackBodyType: string;
  readonly onGrant: (grant: UploadGrant, sizeBytes: number) => void;
  readonly onProgress: (sentBytes: number) => void;
}

/** "Stored" and "the callback server knows" are two facts; the outcome never mixes them. */
export type UploadOutcome =
  | { readonly outcome: 'delivered'; readonly object: StoredObject; readonly answer: unknown }
  | { readonly outcome: 'callback-failed'; readonly object: StoredObject; readonly error: OssFailure }
  | { readonly outcome: 'failed'; readonly error: OssFailure };

export interface StoredObject {
  readonly uploadId: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly requestId: string | undefined;
}

export interface OssFailure {
  readonly code: string;
  readonly message: string;
  readonly ec?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Hop 1: a grant, the file, one PUT. Never throws for what the file system, the network or the servers do. */
export async function uploadFile(options: UploadFileOptions): Promise<UploadOutcome> {
  try {
    return await attemptUpload(options);
  } catch (error) {
    if (error instanceof GrantError) return failed('GrantRefused', error.message);
    if (error instanceof UploadError) return failed('ConnectionBroken', error.message);
    if (isFileError(error)) return failed('UnreadableFile', `${options.file}: ${error.code}`);
    throw error;
  }
}

async function attemptUpload(options: UploadFileOptions): Promise<UploadOutcome> {
  const { file, serverUrl, variables, callbackBodyType } = options;
  const facts = await stat(file);
  if (!facts.isFile()) return failed('UnreadableFile', `${file}: not a regular file`);
  const sizeBytes = facts.size;
  const contentType = options.contentType ?? contentTypeOfFile(file);
  const request = { filename: basename(file), contentType, sizeBytes, variables, callbackBodyType };
  const grant = await requestGrant(serverUrl, request);
  options.onGrant(grant, sizeBytes);

  const response = await uploadPut({ file, sizeBytes, grant, onProgress: options.onProgress });
  const read = interpretUploadResponse(response);
  if (read.outcome === 'refused') return { outcome: 'failed', error: read };

  const etag = (response.headers['etag'] ?? '').replaceAll('"', '');
  if (etag !== response.sentMd5) {
    return failed(
      'DigestMismatch',
      `the stored object's ETag ${etag} is not the MD5 of what was sent, ${response.sentMd5}`,
    );
  }
  const requestId = response.headers['x-oss-request-id'];
  const object = { uploadId: grant.id, bucket: grant.bucket, objectKey: grant.objectKey, sizeBytes, etag, requestId };
  return read.outcome === 'delivered'
    ? { outcome: 'delivered', object, answer: read.answer }
    : { outcome: 'callback-failed', object, error: read };
}

function failed(code: string, message: string): UploadOutcome {
  return { outcome: 'failed', error: { code, message } };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
