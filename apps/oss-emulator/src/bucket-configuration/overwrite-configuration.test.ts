import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { formBody, BOUNDARY, signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const rule = (elements: string): string => `<Rule><Action>forbid</Action>${elements}</Rule>`;

describe('overwrite rules', () => {
  let emulator: TestEmulator;

  beforeEach(async () => {
    emulator = await startTestEmulator({ accountId: '1234567890' });
    return () => emulator[Symbol.asyncDispose]();
  });

  const query = { overwriteConfig: '' };
  const put = (rules: string, bucket = BUCKET) =>
    emulator.send('PUT', { bucket, query, body: `<OverwriteConfiguration>${rules}</OverwriteConfiguration>` });
  const get = (bucket = BUCKET) => emulator.send('GET', { bucket, query });
  const upload = (key: string, more: ClientRequest = {}) => emulator.send('PUT', { key, body: 'later', ...more });
  const content = async (key: string) => (await emulator.send('GET', { key })).text;

  it('come back with the ids that they were given or get', async () => {
    const given = `<ID>1</ID><Prefix>pre</Prefix><Suffix>.txt</Suffix><Principals><Principal>1</Principal></Principals>`;
    expect((await put(rule(given) + rule(''))).status).toBe(200);
    const got = await get();
    expect(got.text).toContain('<ID>1</ID>');
    expect(got.text.match(/<ID>[0-9a-f]{8}-[0-9a-f-]{27}<\/ID>/)).not.toBeNull();
    expect(['Action', 'Prefix', 'Suffix', 'Principal'].map(got.element)).toEqual(['forbid', 'pre', '.txt', '1']);
    expect((await emulator.send('DELETE', { query })).status).toBe(204);
    const gone = await get();
    expect([gone.status, gone.element('Code')]).toEqual([404, 'NoSuchBucketOverwriteConfig']);
  });

  it.each([
    ['no rule', '', 'OverwriteConfiguration must have Rule.'],
    ['another action', '<Rule><Action>allow</Action></Rule>', 'Action must be forbid.'],
    ['an id twice', rule('<ID>a</ID>') + rule('<ID>a</ID>'), 'ID must be another one in each Rule.'],
    ['a hundred and one', rule('').repeat(101), 'OverwriteConfiguration has 101 Rule; at most 100 are allowed.'],
    ['a long suffix', rule(`<Suffix>${'s'.repeat(1024)}</Suffix>`), 'Prefix and Suffix have at most 1023 characters.'],
  ])('are refused: %s', async (_what, rules, detail) => {
    const refused = await put(rules);
    expect([refused.status, refused.element('Code'), refused.element('ErrorDetail')]).toEqual([
      400,
      'MalformedXML',
      detail,
    ]);
  });

  it('of a bucket that is not there are taken for PutBucket', async () => {
    const answer = await put(rule(''), 'not-there');
    expect([answer.status, answer.element('Code'), answer.element('EC')]).toEqual([
      400,
      'MalformedXML',
      '0015-00000231',
    ]);
    expect((await get('not-there')).element('Code')).toBe('NoSuchBucket');
  });

  it('forbid to replace an object whose key has both prefix and suffix, and nothing else', async () => {
    await put(rule('<Prefix>a*</Prefix><Suffix>.txt</Suffix>'));
    for (const key of ['a*1.txt', 'a1.txt', 'a*1.md']) {
      expect((await emulator.send('PUT', { key, body: 'first' })).status).toBe(200);
    }
    const refused = await upload('a*1.txt');
    expect([refused.status, refused.element('Code')]).toEqual([409, 'FileAlreadyExists']);
    expect([(await upload('a1.txt')).status, (await upload('a*1.md')).status]).toEqual([200, 200]);
    expect([await content('a*1.txt'), await content('a1.txt')]).toEqual(['first', 'later']);
  });

  it('are about the principals that they name', async () => {
    await upload('k');
    const naming = (principal: string) => rule(`<Principals><Principal>${principal}</Principal></Principals>`);
    await put(naming('9876543210'));
    expect((await upload('k')).status).toBe(200);
    await put(naming('9876543210') + naming('12345*'));
    expect((await upload('k')).status).toBe(409);
    await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read-write' } });
    expect((await upload('k', { signature: 'none' })).status).toBe(200);
    await put(naming('*'));
    expect((await upload('k', { signature: 'none' })).status).toBe(409);
  });

  it('hold for every way to write an object', async () => {
    await upload('k');
    await emulator.send('POST', { key: 'log', query: { append: '', position: '0' }, body: 'line' });
    const begun = await emulator.send('POST', { key: 'k', query: { uploads: '' } });
    const uploadId = begun.element('UploadId') ?? '';
    await emulator.send('PUT', { key: 'k', query: { uploadId, partNumber: '1' }, body: 'part' });
    await put(rule(''));
    const fields = signedFields({ key: 'k' });
    const answers = await Promise.all([
      emulator.send('POST', { key: 'k', query: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } }),
      emulator.send('POST', { key: 'log', query: { append: '', position: '4' }, body: 'more' }),
      upload('k', { body: '', headers: { 'x-oss-symlink-target': 'log' }, query: { symlink: '' } }),
      upload('k', { body: '', headers: { 'x-oss-copy-source': `/${BUCKET}/log` } }),
      upload('k', { body: '', headers: { 'x-oss-copy-source': `/${BUCKET}/k` } }),
      emulator.send('POST', {
        headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
        body: formBody(fields).toString(),
        signature: 'none',
      }),
    ]);
    expect(answers.map((answer) => [answer.status, answer.element('Code')])).toEqual(
      answers.map(() => [409, 'FileAlreadyExists']),
    );
    expect([await content('k'), await content('log')]).toEqual(['later', 'line']);
  });

  it('have no effect on a bucket that has versions', async () => {
    await put(rule(''));
    await upload('k');
    const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await emulator.send('PUT', { query: { versioning: '' }, body });
    expect((await upload('k')).status).toBe(200);
  });
});
