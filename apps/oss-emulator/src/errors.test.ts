import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { OBJECT_WORM_XML } from '../test/configuration-xml.ts';
import { BUCKET, CREDENTIALS, elementText, REGION, send, sendPlain, sendRaw } from '../test/emulator-client.ts';
import type { ClientResponse } from '../test/emulator-client.ts';
import { assumeRole } from '../test/sts-client.ts';
import { formBody, postForm, signedFields } from '../test/post-form.ts';
import { provokeBucketErrors } from '../test/provoke-bucket-errors.ts';
import { startTestEmulator } from '../test/test-emulator.ts';
import type { TestEmulator } from '../test/test-emulator.ts';
import { ossErrors } from './errors.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import type { OssErrorCode } from './errors.ts';
import { MemoryObjectStore } from './store/memory-object-store.ts';

interface Provoked {
  readonly status: number;
  readonly xml: string;
}

const ofResponse = ({ status, text }: ClientResponse): Provoked => ({ status, xml: text });
const ofRaw = (raw: string): Provoked => ({ status: Number(raw.slice(9, 12)), xml: raw });

/** Well-formed, and of no object. */
const NO_VERSION = 'CAEQNRiBgMClj7qD0BYiIDQ5Y2QyMjc3NGZkODRlMTU5M2VkY2U3MWRiNGRhYjAx';

/** Everything works until the bytes are wanted. */
class BrokenStore extends MemoryObjectStore {
  override async stage(): Promise<never> {
    throw new RangeError('disk on fire');
  }
}

describe('the table of errors', () => {
  let emulator: TestEmulator;
  /** Of every emulator here. */
  const logged: string[] = [];
  const start = (options: EmulatorOptions = {}) => startTestEmulator({ log: (line) => logged.push(line), ...options });

  beforeAll(async () => {
    emulator = await start();
    await emulator.send('PUT', { key: 'there', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const archive = (key: string) =>
    emulator.send('PUT', { key, body: 'b', headers: { 'x-oss-storage-class': 'Archive' } });
  const restore = (key: string) => emulator.send('POST', { key, query: { restore: '' } });
  const linkTo = (key: string, target: string) =>
    emulator.send('PUT', { key, query: { symlink: '' }, headers: { 'x-oss-symlink-target': target } });
  const initiate = async (query = {}): Promise<string> => {
    const response = await emulator.send('POST', { key: 'parts', query: { uploads: '', ...query } });
    return response.element('UploadId') ?? '';
  };
  const uploadPart = (uploadId: string, partNumber: number, body: string) =>
    emulator.send('PUT', { key: 'parts', query: { uploadId, partNumber: String(partNumber) }, body });
  const uploadParts = async (bodies: readonly string[]) => {
    const uploadId = await initiate();
    const parts = await Promise.all(bodies.map((body, index) => uploadPart(uploadId, index + 1, body)));
    return { uploadId, etags: parts.map(({ headers }) => headers['etag']) };
  };
  /** @param parts number and ETag of each */
  const complete = (uploadId: string, parts: readonly string[]) => {
    const list = parts.map((part) => part.split(' '));
    const xml = list.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${xml.join('')}</CompleteMultipartUpload>`;
    return emulator.send('POST', { key: 'parts', query: { uploadId }, body });
  };

  const bucketErrors = Object.fromEntries(
    Object.entries(provokeBucketErrors(() => emulator, start)).map(([code, request]) => [
      code,
      async () => ofResponse(await request()),
    ]),
  ) as Record<keyof ReturnType<typeof provokeBucketErrors>, () => Promise<Provoked>>;
  const provoke: Record<OssErrorCode, () => Promise<Provoked>> = {
    ...bucketErrors,
    CallbackFailed: async () => {
      const callback = { callbackUrl: 'http://127.0.0.1:9/', callbackBody: 'a=b' };
      const param = Buffer.from(JSON.stringify(callback)).toString('base64');
      return ofResponse(await emulator.send('PUT', { key: 'k', body: 'b', headers: { 'x-oss-callback': param } }));
    },
    BucketAlreadyExists: async () => ofResponse(await emulator.send('PUT', { bucket: 'oss-attachment' })),
    BadRequest: async () => ofRaw(await sendRaw(emulator.url, 'nonsense\r\n\r\n')),
    EntityTooLarge: async () =>
      ofResponse(await emulator.send('PUT', { key: 'k', body: '', headers: { 'content-length': '5368709121' } })),
    EntityTooSmall: async () => {
      const { uploadId, etags } = await uploadParts(['a', 'b']);
      return ofResponse(await complete(uploadId, [`1 ${etags[0]}`, `2 ${etags[1]}`]));
    },
    FieldItemTooLong: async () => ofResponse(await postForm(emulator.url, formBody({ ['n'.repeat(10_000)]: '' }))),
    IncorrectNumberOfFilesInPOSTRequest: async () =>
      ofResponse(await postForm(emulator.url, formBody(signedFields(), []))),
    InvalidArgument: async () => ofResponse(await emulator.send('GET', { query: { 'max-keys': '1001' } })),
    InvalidBucketName: async () => ofResponse(await sendPlain(emulator.url, { method: 'GET', path: '/Not_Valid/' })),
    InvalidDataEncryptionAlgorithmError: async () => {
      const headers = { 'x-oss-server-side-encryption': 'KMS', 'x-oss-server-side-data-encryption': 'AES256' };
      return ofResponse(await emulator.send('PUT', { key: 'k', body: 'b', headers }));
    },
    InvalidDigest: async () =>
      ofResponse(
        await emulator.send('PUT', { key: 'k', body: 'b', headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } }),
      ),
    InvalidEncryptionAlgorithmError: async () => {
      const headers = { 'x-oss-server-side-encryption': 'DES' };
      return ofResponse(await emulator.send('PUT', { key: 'k', body: 'b', headers }));
    },
    InvalidObjectName: async () => ofResponse(await sendPlain(emulator.url, { method: 'GET', path: `/${BUCKET}/%00` })),
    InvalidPart: async () => ofResponse(await complete((await uploadParts(['a'])).uploadId, ['1 of-another-part'])),
    InvalidPartOrder: async () => ofResponse(await complete((await uploadParts([])).uploadId, ['2 a', '1 b'])),
    InvalidPolicyDocument: async () => {
      const signed = { ...signedFields({ version: 'V1' }), policy: 'e30=' };
      const signature = createHmac('sha1', CREDENTIALS.accessKeySecret).update(signed.policy).digest('base64');
      return ofResponse(await postForm(emulator.url, formBody({ ...signed, Signature: signature })));
    },
    InvalidRequest: async () => {
      await using temporary = await start({ credentials: { ...CREDENTIALS, securityToken: 'token' } });
      return ofResponse(await temporary.send('GET'));
    },
    MalformedPOSTRequest: async () => ofResponse(await postForm(emulator.url, Buffer.from('nonsense'))),
    MalformedXML: async () => ofResponse(await emulator.send('PUT', { bucket: 'another-bucket', body: '<nonsense' })),
    InvalidTag: async () => {
      const body = '<Tagging><TagSet><Tag><Key></Key><Value>v</Value></Tag></TagSet></Tagging>';
      return ofResponse(await emulator.send('PUT', { key: 'there', query: { tagging: '' }, body }));
    },
    InvalidTargetType: async () => {
      await linkTo('link-to-itself', 'link-to-itself');
      return ofResponse(await emulator.send('GET', { key: 'link-to-itself' }));
    },
    MissingArgument: async () => ofResponse(await emulator.send('PUT', { key: 'there', query: { acl: '' } })),
    NotSymlink: async () => ofResponse(await emulator.send('GET', { key: 'there', query: { symlink: '' } })),
    OperationNotSupported: async () => ofResponse(await restore('there')),
    PartNotSequential: async () => {
      const uploadId = await initiate({ sequential: '' });
      return ofResponse(await uploadPart(uploadId, 2, 'b'));
    },
    MaxPOSTPreDataLengthExceededError: async () => {
      const fields = Array.from({ length: 5 }, (_, index) => [`filed${index}`, 'x'.repeat(2_000_000)] as const);
      return ofResponse(await postForm(emulator.url, formBody(Object.fromEntries(fields))));
    },
    RequestIsNotMultiPartContent: async () =>
      ofResponse(await postForm(emulator.url, formBody(signedFields()), { 'content-type': 'text/plain' })),
    AccessDenied: async () => ofResponse(await emulator.send('GET', { key: 'there', signature: 'none' })),
    InvalidAccessKeyId: async () => {
      const credentials = { ...CREDENTIALS, accessKeyId: 'nobody' };
      return ofResponse(await emulator.send('GET', { credentials }));
    },
    InvalidObjectState: async () => {
      await archive('archived');
      return ofResponse(await emulator.send('GET', { key: 'archived' }));
    },
    AccessKeyIdAndSecurityTokenNotMatch: async () => {
      const [one, other] = [await assumeRole(emulator.url), await assumeRole(emulator.url)];
      return ofResponse(await emulator.send('GET', { credentials: { ...one, securityToken: other.securityToken } }));
    },
    InvalidSecurityToken: async () => {
      const session = await assumeRole(emulator.url);
      return ofResponse(await emulator.send('GET', { credentials: { ...session, securityToken: 'of nobody' } }));
    },
    SecurityTokenExpired: async () => {
      let now = new Date();
      await using clocked = await start({ now: () => now });
      const credentials = await assumeRole(clocked.url);
      now = new Date(now.getTime() + 3_601_000);
      return ofResponse(await clocked.send('GET', { credentials, now }));
    },
    NonStandardHostForbidden: async () =>
      ofRaw(
        await sendRaw(
          emulator.url,
          'GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n',
        ),
      ),
    RequestTimeTooSkewed: async () => ofResponse(await emulator.send('GET', { now: new Date(Date.now() - 3_600_000) })),
    SecondLevelDomainForbidden: async () => {
      await using strict = await start({ addressing: 'strict' });
      return ofResponse(await strict.send('GET'));
    },
    SignatureDoesNotMatch: async () =>
      ofResponse(await emulator.send('GET', { credentials: { ...CREDENTIALS, accessKeySecret: 'wrong' } })),
    NoSuchBucket: async () => ofResponse(await emulator.send('GET', { bucket: 'no-such-bucket' })),
    SymlinkTargetNotExist: async () => {
      await linkTo('link-to-nothing', 'nothing');
      return ofResponse(await emulator.send('GET', { key: 'link-to-nothing' }));
    },
    NoSuchUpload: async () => ofResponse(await complete('0'.repeat(32), ['1 a'])),
    NoSuchVersion: async () =>
      ofResponse(await emulator.send('GET', { key: 'there', query: { versionId: NO_VERSION } })),
    NoSuchKey: async () => ofResponse(await emulator.send('GET', { key: 'not there' })),
    BucketCallbackPolicyNotExist: async () =>
      ofResponse(await emulator.send('GET', { query: { policy: '', comp: 'callback' } })),
    MethodNotAllowed: async () => ofResponse(await emulator.send('PATCH', { key: 'there' })),
    ArchiveRestoreFileStale: async () => {
      await archive('not-restored');
      const query = { cleanRestoredObject: '' };
      return ofResponse(await emulator.send('POST', { key: 'not-restored', query }));
    },
    ArchiveRestoreNotFinished: async () => {
      await archive('being-restored');
      await restore('being-restored');
      const query = { cleanRestoredObject: '' };
      return ofResponse(await emulator.send('POST', { key: 'being-restored', query }));
    },
    ObjectNotAppendable: async () =>
      ofResponse(await emulator.send('POST', { key: 'there', query: { append: '', position: '5' }, body: 'b' })),
    PositionNotEqualToLength: async () =>
      ofResponse(await emulator.send('POST', { key: 'log', query: { append: '', position: '5' }, body: 'b' })),
    BucketNotEmpty: async () => ofResponse(await emulator.send('DELETE')),
    FileAlreadyExists: async () =>
      ofResponse(
        await emulator.send('PUT', { key: 'there', body: 'b', headers: { 'x-oss-forbid-overwrite': 'true' } }),
      ),
    RestoreAlreadyInProgress: async () => {
      await archive('restored-twice');
      await restore('restored-twice');
      return ofResponse(await restore('restored-twice'));
    },
    PartAlreadyExist: async () => {
      const uploadId = await initiate({ sequential: '' });
      await uploadPart(uploadId, 1, 'a');
      return ofResponse(await uploadPart(uploadId, 1, 'a'));
    },
    MissingContentLength: async () => {
      const { headers } = signRequest(
        { method: 'PUT', bucket: BUCKET, key: 'k' },
        { credentials: CREDENTIALS, region: REGION, now: new Date() },
      );
      const lines = Object.entries({ ...headers, host: 'localhost', connection: 'close' }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      return ofRaw(await sendRaw(emulator.url, `PUT /${BUCKET}/k HTTP/1.1\r\n${lines.join('')}\r\n`));
    },
    PreconditionFailed: async () =>
      ofResponse(await emulator.send('GET', { key: 'there', headers: { 'if-match': '"other"' } })),
    InvalidRange: async () =>
      ofResponse(
        await emulator.send('GET', {
          key: 'there',
          headers: { range: 'bytes=5-', 'x-oss-range-behavior': 'standard' },
        }),
      ),
    RequestHeaderTooLarge: async () =>
      ofRaw(await sendRaw(emulator.url, `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`)),
    InternalError: async () => {
      await using broken = await start({ store: new BrokenStore() });
      const response = await send(broken.url, 'PUT', { bucket: BUCKET, key: 'k', body: 'b' });
      expect(logged.at(-1)).toContain('RangeError: disk on fire');
      return ofResponse(response);
    },
    ServiceUnavailable: async () => {
      await using busy = await start();
      busy.faults.set('store-unavailable');
      return ofResponse(await busy.send('GET'));
    },
    FileImmutable: async () => {
      await using retaining = await start();
      const put = (query: Record<string, string>, body: string, key = '') =>
        retaining.send('PUT', { key, query, body });
      await put({ versioning: '' }, '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
      await put({ objectWorm: '' }, OBJECT_WORM_XML);
      const { headers } = await put({}, 'b', 'k');
      await put({ legalHold: '' }, '<LegalHold><Status>ON</Status></LegalHold>', 'k');
      const versionId = headers['x-oss-version-id'] ?? '';
      return ofResponse(await retaining.send('DELETE', { key: 'k', query: { versionId } }));
    },
    InvalidEncryptionRequest: async () =>
      ofResponse(
        await emulator.send('POST', {
          key: 'k',
          query: { uploads: '' },
          headers: { 'x-oss-meta-client-side-encryption-key': 'k' },
        }),
      ),
    NotImplemented: async () => ofResponse(await emulator.send('PUT', { query: { accessPoint: '' } })),
  };

  it.each(Object.keys(ossErrors) as OssErrorCode[])('%s is what a client gets for what it means', async (code) => {
    const { status, xml } = await provoke[code]();
    expect(elementText(xml, 'Code')).toBe(code);
    expect(status).toBe(ossErrors[code].status);
    expect(elementText(xml, 'Message')).not.toBe('');
    expect(elementText(xml, 'RequestId')).toMatch(/^[0-9A-F]{24}$/);
    expect(xml).toContain('<HostId>');
    // One line for each failure, by the request id that the client has, with the cause.
    const lines = logged.filter((line) => / → \d{3} /.test(line) && line.includes(elementText(xml, 'RequestId') ?? ''));
    expect(lines).toEqual([expect.stringContaining(` → ${status} ${code}`)]);
    expect(lines[0]).toContain(elementText(xml, 'Message')?.replaceAll('&quot;', '"').slice(0, 40));
  });
});
