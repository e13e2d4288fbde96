import { BUCKET, send } from './emulator-client.ts';
import type { ClientRequest } from './emulator-client.ts';

const LARGE_BYTES = 300 * 1024;
const PART_BYTES = 100 * 1024;

const small = (version: number): Buffer => Buffer.from(`small, version ${version}`);
const large = (version: number): Buffer => Buffer.alloc(LARGE_BYTES, `large, version ${version}. `);
const part = (partNumber: number): Buffer => Buffer.alloc(PART_BYTES, partNumber);

/** What is stored after a request, by key. */
export type Contents = ReadonlyMap<string, Buffer>;

interface ScenarioStep {
  readonly method: string;
  readonly request: ClientRequest;
  /** Undefined: the objects stay as they are. */
  readonly changes?: readonly [key: string, content: Buffer | undefined];
}

const put = (key: string, body: Buffer): ScenarioStep => ({
  method: 'PUT',
  request: { key, body },
  changes: [key, body],
});
const append = (position: number, body: Buffer, whole: Buffer): ScenarioStep => ({
  method: 'POST',
  request: { key: 'appended', body, query: { append: '', position: String(position) } },
  changes: ['appended', whole],
});

/** Requests of every kind that changes objects, small and large, new and replacing; `UPLOAD` is the id of the upload. */
const UPLOAD = 'UPLOAD';
const steps: readonly ScenarioStep[] = [
  { method: 'PUT', request: {} },
  put('small', small(1)),
  put('large', large(1)),
  put('small', small(2)),
  put('large', large(2)),
  append(0, small(3), small(3)),
  append(small(3).length, large(3), Buffer.concat([small(3), large(3)])),
  { method: 'POST', request: { key: 'parts', query: { uploads: '' } } },
  { method: 'PUT', request: { key: 'parts', query: { partNumber: '1', uploadId: UPLOAD }, body: part(1) } },
  { method: 'PUT', request: { key: 'parts', query: { partNumber: '2', uploadId: UPLOAD }, body: part(2) } },
  {
    method: 'POST',
    request: { key: 'parts', query: { uploadId: UPLOAD }, headers: { 'x-oss-complete-all': 'yes' } },
    changes: ['parts', Buffer.concat([part(1), part(2)])],
  },
  {
    method: 'PUT',
    request: { key: 'copy', headers: { 'x-oss-copy-source': `/${BUCKET}/large` } },
    changes: ['copy', large(2)],
  },
  { method: 'DELETE', request: { key: 'small' }, changes: ['small', undefined] },
  { method: 'DELETE', request: { key: 'large' }, changes: ['large', undefined] },
];

export const SCENARIO_KEYS: readonly string[] = ['small', 'large', 'appended', 'parts', 'copy'];

/** @returns what is stored after so many requests */
export function contentsAfter(answered: number): Contents {
  const contents = new Map<string, Buffer>();
  for (const { changes: [key, content] = [] } of steps.slice(0, answered)) {
    if (key !== undefined && content !== undefined) contents.set(key, content);
    else if (key !== undefined) contents.delete(key);
  }
  return contents;
}

/** @param report is told how many requests have been answered, after each */
export async function runScenario(url: string, report: (answered: number) => void): Promise<void> {
  let uploadId = '';
  for (const [index, { method, request }] of steps.entries()) {
    const { query } = request;
    const given = query?.['uploadId'] === UPLOAD ? { query: { ...query, uploadId } } : {};
    // One after the other: what is stored after each has to be certain.
    // oxlint-disable-next-line no-await-in-loop
    const response = await send(url, method, { bucket: BUCKET, ...request, ...given });
    if (response.status >= 300) throw new ScenarioError(`${method} ${request.key ?? ''}: ${response.text}`);
    uploadId = response.element('UploadId') ?? uploadId;
    report(index + 1);
  }
}

class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}
