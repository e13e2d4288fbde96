import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET_BODIES, BUCKET_QUERIES, BUCKET_REFUSALS } from '../test/bucket-rows.ts';
import { BUCKET } from '../test/emulator-client.ts';
import type { ClientRequest } from '../test/emulator-client.ts';
import { BOUNDARY, formBody, signedFields } from '../test/post-form.ts';
import { startTestEmulator } from '../test/test-emulator.ts';
import type { TestEmulator } from '../test/test-emulator.ts';
import { ossErrors } from './errors.ts';
import type { OssErrorCode } from './errors.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

/** The least body of an operation that takes none without. */
const BODIES: Readonly<Record<string, string>> = {
  PostObject: formBody(signedFields()).toString(),
  ...BUCKET_BODIES,
  DeleteMultipleObjects: '<Delete><Object><Key>k</Key></Object></Delete>',
  PutBucketVersioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  PutObjectTagging: '<Tagging><TagSet/></Tagging>',
  PutBucketCallbackPolicy: '<BucketCallbackPolicy/>',
  TriggerCallback: 'x-oss-process=trigger/callback,callback_,callback-var_',
};

/** The headers that an operation demands. */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PostObject: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  OptionObject: { origin: 'http://page.example', 'access-control-request-method': 'GET' },
  PutObjectAcl: { 'x-oss-object-acl': 'private' },
  PutSymlink: { 'x-oss-symlink-target': 'target' },
};

/** What operations say of an ordinary object that they are not for, or of a new bucket. */
const REFUSALS: Readonly<Record<string, OssErrorCode>> = {
  ...BUCKET_REFUSALS,
  AppendObject: 'ObjectNotAppendable',
  SealAppendObject: 'ObjectNotAppendable',
  GetBucketCallbackPolicy: 'BucketCallbackPolicyNotExist',
  TriggerCallback: 'InvalidArgument',
  CleanRestoredObject: 'OperationNotSupported',
  GetSymlink: 'NotSymlink',
  PutObjectRetention: 'InvalidRequest',
  GetObjectRetention: 'InvalidRequest',
  PutObjectLegalHold: 'InvalidRequest',
  GetObjectLegalHold: 'InvalidRequest',
  RestoreObject: 'OperationNotSupported',
};

const COPY_SOURCE = { 'x-oss-copy-source': `/${BUCKET}/k` };

/** What the operations on an upload name beside it, and on a source. */
const MORE: Readonly<Record<string, ClientRequest>> = {
  AppendObject: { query: { position: '1' } },
  SealAppendObject: { query: { position: '1' } },
  CopyObject: { headers: COPY_SOURCE },
  UploadPart: { query: { partNumber: '1' } },
  UploadPartCopy: { query: { partNumber: '1' }, headers: COPY_SOURCE },
  CompleteMultipartUpload: { headers: { 'x-oss-complete-all': 'yes' } },
};

describe('every operation of the table', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  /** A request that is made of what the row says of itself. */
  const sendRow = ({ name, method, resource, subresource, when }: Operation, uploadId = '') => {
    const names = subresource?.split('&') ?? [];
    const query: Record<string, string> = Object.fromEntries(
      names.map((parameter) => [parameter, BUCKET_QUERIES[parameter] ?? '']),
    );
    if (when !== undefined && 'parameter' in when) query[when.parameter] = when.value;
    if ('uploadId' in query) query['uploadId'] = uploadId;
    return emulator.send(method, {
      bucket: resource === 'service' ? '' : BUCKET,
      ...(resource === 'object' ? { key: 'k' } : {}),
      query: { ...query, ...MORE[name]?.query },
      headers: {
        ...(when !== undefined && 'header' in when ? { [when.header]: 'x' } : {}),
        ...HEADERS[name],
        ...MORE[name]?.headers,
      },
      ...(BODIES[name] === undefined ? {} : { body: BODIES[name] }),
    });
  };

  const missing = operations.filter(({ handle }) => handle === undefined);
  it.each(missing.map((row) => [row.name, row.method, row.subresource ?? '', row] as const))(
    '%s (%s %s) answers NotImplemented by name',
    async (name, _method, _subresource, row) => {
      const response = await sendRow(row);
      expect([response.status, response.element('Code'), response.element('Message')]).toEqual([
        501,
        'NotImplemented',
        `${name} is not implemented by this emulator.`,
      ]);
    },
  );

  const built = operations.filter(({ handle }) => handle !== undefined);
  it.each(built.map((row) => [row.name, row] as const))('%s is reached by what its row says', async (_name, row) => {
    await emulator.reset();
    await emulator.send('PUT');
    let uploadId = '';
    if (row.resource === 'object') {
      await emulator.send('PUT', { key: 'k', body: 'b' });
      const begun = await emulator.send('POST', { key: 'k', query: { uploads: '' } });
      uploadId = begun.element('UploadId') ?? '';
      await emulator.send('PUT', { key: 'k', query: { uploadId, partNumber: '1' }, body: 'part' });
    }
    const response = await sendRow(row, uploadId);
    const refusal = REFUSALS[row.name];
    expect(response.element('Code')).toBe(refusal);
    expect(refusal === undefined ? [200, 204] : [ossErrors[refusal].status]).toContain(response.status);
  });

  it('has a documentation page if it is built, but for what only SDKs still have', () => {
    const withoutPage = built.filter(({ doc }) => doc === undefined).map(({ name }) => name);
    expect(withoutPage.sort()).toEqual([
      'DeleteBucketResponseHeader',
      'DoDataPipeLineAction',
      'DoMetaQueryAction',
      'GetAsyncFetchTask',
      'GetBucketProcess',
      'GetBucketResponseHeader',
      'HeadBucket',
      'PutAsyncFetchTask',
      'PutBucketProcess',
      'PutBucketResponseHeader',
    ]);
    for (const { doc = 'none' } of built) expect(doc).toMatch(/^[a-z0-9-]+$/);
  });
});
