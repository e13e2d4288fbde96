import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const PREFIX = 'x-oss-meta-client-side-encryption-';
const PART_BYTES = 102_400;

const headers = (values: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      key: 'key',
      start: 'start',
      'cek-alg': 'AES/CTR/NoPadding',
      'wrap-alg': 'RSA/NONE/PKCS1Padding',
      'data-size': '102403',
      'part-size': String(PART_BYTES),
      ...values,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[`${PREFIX}${name}`, value]])),
  );

describe('a multipart upload that its client encrypts', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const key = 'encrypted';
  const begin = (values: Readonly<Record<string, string | undefined>> = {}) =>
    emulator.send('POST', { key, query: { uploads: '' }, headers: headers(values) });
  const idOf = async (begun: ReturnType<typeof begin>) => (await begun).element('UploadId') ?? '';
  const put = (uploadId: string, partNumber: string, bytes: number, more: Record<string, string> = {}) =>
    emulator.send('PUT', { key, query: { uploadId, partNumber }, body: Buffer.alloc(bytes), headers: more });
  const complete = (uploadId: string) =>
    emulator.send('POST', { key, query: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } });
  const outcome = ({ status, element }: Awaited<ReturnType<typeof put>>) => [
    status,
    element('Code'),
    element('EC'),
    element('Message'),
  ];
  const refused = (message: string, ec?: string) => [400, 'InvalidEncryptionRequest', ec, message];

  it('is completed with the parts that were announced', async () => {
    const uploadId = await idOf(begin());
    await put(uploadId, '1', PART_BYTES);
    const message = 'The client encryption part list is unexpected with init_multipart setted.';
    expect(outcome(await complete(uploadId))).toEqual(refused(message, '0005-00000411'));
    expect((await put(uploadId, '2', 3, headers())).status).toBe(200);
    expect((await complete(uploadId)).status).toBe(200);
    expect((await emulator.send('HEAD', { key })).headers[`${PREFIX}data-size`]).toBe('102403');
  });

  it.each([
    ['1', PART_BYTES + 1, 'The partSize must same with init_multipart setted except last part.', '0005-00000419'],
    ['1', 3, 'The partSize must same with init_multipart setted except last part.', '0005-00000419'],
    ['2', 4, 'The last partSize must same with init_multipart setted.', '0005-00000420'],
    ['3', PART_BYTES, 'The partId must less or equal to expectedPartNumber.', undefined],
  ])('takes no part %s of %i bytes', async (partNumber, bytes, message, ec) => {
    const uploadId = await idOf(begin());
    expect(outcome(await put(uploadId, partNumber, bytes))).toEqual(refused(message, ec));
    const listed = await emulator.send('GET', { key, query: { uploadId } });
    expect(listed.element('PartNumber')).toBeUndefined();
  });

  it.each([
    ['start', '0005-00000413'],
    ['key', undefined],
  ])('takes no part with another %s', async (name, ec) => {
    const uploadId = await idOf(begin());
    const message = 'The client encryption meta is inconsistent with init_multipart setted.';
    const answer = await put(uploadId, '1', PART_BYTES, headers({ [name]: 'another' }));
    expect(outcome(answer)).toEqual(refused(message, ec));
  });

  it('may leave its size open', async () => {
    const uploadId = await idOf(begin({ 'data-size': undefined }));
    expect((await put(uploadId, '7', PART_BYTES + 16)).element('EC')).toBe('0005-00000419');
    await put(uploadId, '7', PART_BYTES);
    await put(uploadId, '9', 1);
    expect((await complete(uploadId)).status).toBe(200);
  });

  it.each([
    [{ key: undefined }, 'Miss some necessary client encryption meta parameters.', '0005-00000401'],
    [{ 'wrap-alg': undefined }, 'Miss some necessary client encryption meta parameters.', undefined],
    [{ 'wrap-alg': 'rsa' }, 'Miss some necessary client encryption meta parameters.', '0005-00000405'],
    [{ 'part-size': undefined }, 'Miss some necessary client encryption meta parameters.', '0005-00000407'],
    [{ 'data-size': '9x5.2' }, 'The client encryption meta data_size or part_size is invalid.', '0005-00000408'],
    [{ 'part-size': '102401' }, 'The client encryption meta data_size or part_size is invalid.', undefined],
    [{ 'part-size': '0' }, 'The client encryption meta data_size or part_size is invalid.', undefined],
  ])('is not begun with %j', async (values, message, ec) => {
    expect(outcome(await begin(values))).toEqual(refused(message, ec));
  });
});
