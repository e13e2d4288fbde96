import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { FileObjectStore } from '../store/file-object-store.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';
import { describeMultipartUploads } from './multipart-uploads.conformance.ts';

// The container suite runs them in S3ObjectStore, on MinIO.
const dataDir = mkdtempSync(join(tmpdir(), 'multipart-uploads-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true });
});

describeMultipartUploads('MemoryObjectStore', async () => new MemoryObjectStore());
describeMultipartUploads('FileObjectStore', () => FileObjectStore.open(dataDir));
