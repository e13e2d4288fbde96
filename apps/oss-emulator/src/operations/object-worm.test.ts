import { beforeEach, describe, expect, it } from 'vitest';
import { OBJECT_WORM_XML, wormXml } from '../../test/configuration-xml.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const DAY_MS = 24 * 3600 * 1000;

describe('object-level retention', () => {
  let emulator: TestEmulator;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2026-11-22T11:43:45Z');
    emulator = await startTestEmulator({ now: () => now });
    return () => emulator[Symbol.asyncDispose]();
  });

  const versioning = (status: string) =>
    emulator.send('PUT', {
      query: { versioning: '' },
      body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
    });
  const configure = (rule = '') =>
    emulator.send('PUT', {
      query: { objectWorm: '' },
      body: OBJECT_WORM_XML.replace('</ObjectWormC', `${rule}</ObjectWormC`),
    });
  const byDefault = (elements: string) => `<Rule><DefaultRetention>${elements}</DefaultRetention></Rule>`;
  const enable = async (rule = '') => {
    await versioning('Enabled');
    expect((await configure(rule)).status).toBe(200);
  };
  const upload = async (key = 'k', more: ClientRequest = {}) =>
    (await emulator.send('PUT', { key, body: 'b', ...more })).headers['x-oss-version-id'] ?? '';
  const retain = (mode: string, until: string, headers: Record<string, string> = {}) =>
    emulator.send('PUT', {
      key: 'k',
      query: { retention: '' },
      body: `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
      headers,
    });
  const hold = (status: string) =>
    emulator.send('PUT', {
      key: 'k',
      query: { legalHold: '' },
      body: `<LegalHold><Status>${status}</Status></LegalHold>`,
    });
  const remove = (versionId: string, headers: Record<string, string> = {}) =>
    emulator.send('DELETE', { key: 'k', query: { versionId }, headers });
  const outcome = ({ status, element }: Awaited<ReturnType<typeof remove>>) => [status, element('Code')];
  const bypass = { 'x-oss-bypass-governance-retention': 'true' };

  it('needs versioning, which then stays', async () => {
    expect(outcome(await configure())).toEqual([400, 'InvalidRequest']);
    await enable(byDefault('<Mode>GOVERNANCE</Mode><Years>1</Years>'));
    const got = await emulator.send('GET', { query: { objectWorm: '' } });
    expect(['ObjectWormEnabled', 'Mode', 'Years'].map(got.element)).toEqual(['Enabled', 'GOVERNANCE', '1']);
    expect(outcome(await versioning('Suspended'))).toEqual([400, 'InvalidRequest']);
    expect((await versioning('Enabled')).status).toBe(200);
  });

  it('and a retention policy of the bucket exclude each other', async () => {
    await versioning('Enabled');
    const policy = () => emulator.send('POST', { query: { worm: '' }, body: wormXml(1) });
    await policy();
    expect(outcome(await configure())).toEqual([400, 'InvalidRequest']);
    now = new Date(now.getTime() + 2 * DAY_MS);
    await enable();
    expect(outcome(await policy())).toEqual([400, 'InvalidRequest']);
  });

  it.each([
    ['no mode', byDefault('<Days>1</Days>')],
    ['no period', byDefault('<Mode>COMPLIANCE</Mode>')],
    ['two periods', byDefault('<Mode>COMPLIANCE</Mode><Days>1</Days><Years>1</Years>')],
    ['no day', byDefault('<Mode>COMPLIANCE</Mode><Days>0</Days>')],
  ])('is refused with %s', async (_what, rule) => {
    await versioning('Enabled');
    expect(outcome(await configure(rule))).toEqual([400, 'MalformedXML']);
  });

  it('of a bucket that is not there is taken for PutBucket', async () => {
    const answer = await emulator.send('PUT', {
      bucket: 'not-there',
      query: { objectWorm: '' },
      body: OBJECT_WORM_XML,
    });
    expect([...outcome(answer), answer.element('EC')]).toEqual([400, 'MalformedXML', '0015-00000231']);
  });

  it('keeps new versions for as long as the bucket says, and lets go of them then', async () => {
    await enable(byDefault('<Mode>COMPLIANCE</Mode><Days>2</Days>'));
    const versionId = await upload();
    const { headers } = await emulator.send('HEAD', { key: 'k' });
    expect([headers['x-oss-object-worm-mode'], headers['x-oss-object-worm-retain-until-date']]).toEqual([
      'COMPLIANCE',
      '2026-11-24T11:43:45.000Z',
    ]);
    expect(outcome(await remove(versionId, bypass))).toEqual([409, 'FileImmutable']);
    const many = `<Delete><Object><Key>k</Key><VersionId>${versionId}</VersionId></Object></Delete>`;
    expect(outcome(await emulator.send('POST', { query: { delete: '' }, body: many }))).toEqual([409, 'FileImmutable']);
    expect((await emulator.send('DELETE', { key: 'k' })).headers['x-oss-delete-marker']).toBe('true');
    expect((await emulator.send('GET', { key: 'k', query: { versionId } })).text).toBe('b');
    now = new Date(now.getTime() + 2 * DAY_MS);
    expect((await remove(versionId)).status).toBe(204);
  });

  it('is what an upload asks for, where objects can be retained', async () => {
    const headers = {
      'x-oss-object-worm-mode': 'GOVERNANCE',
      'x-oss-object-worm-retain-until-date': '2026-12-01T00:00:00Z',
    };
    expect(outcome(await emulator.send('PUT', { key: 'k', body: 'b', headers }))).toEqual([400, 'InvalidRequest']);
    expect((await emulator.send('HEAD', { key: 'k' })).status).toBe(404);
    await enable(byDefault('<Mode>COMPLIANCE</Mode><Days>2</Days>'));
    const begun = await emulator.send('POST', { key: 'k', query: { uploads: '' }, headers });
    const uploadId = begun.element('UploadId') ?? '';
    await emulator.send('PUT', { key: 'k', query: { uploadId, partNumber: '1' }, body: 'part' });
    await emulator.send('POST', { key: 'k', query: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } });
    const got = await emulator.send('GET', { key: 'k', query: { retention: '' } });
    expect(['Mode', 'RetainUntilDate'].map(got.element)).toEqual(['GOVERNANCE', '2026-12-01T00:00:00.000Z']);
    const wrong = { ...headers, 'x-oss-object-worm-mode': 'FOREVER' };
    expect(outcome(await emulator.send('PUT', { key: 'k', body: 'b', headers: wrong }))).toEqual([
      400,
      'InvalidArgument',
    ]);
  });

  it('in COMPLIANCE mode is made longer only', async () => {
    await upload();
    expect(outcome(await retain('COMPLIANCE', '2026-12-01T00:00:00Z'))).toEqual([400, 'InvalidRequest']);
    await enable();
    const none = await emulator.send('GET', { key: 'k', query: { retention: '' } });
    expect(['Mode', 'RetainUntilDate'].map(none.element)).toEqual(['', '']);
    expect((await retain('COMPLIANCE', '2026-12-01T00:00:00.000Z')).status).toBe(200);
    expect((await retain('COMPLIANCE', '2026-12-02T00:00:00.000Z')).status).toBe(200);
    expect(outcome(await retain('COMPLIANCE', '2026-12-01T00:00:00Z', bypass))).toEqual([403, 'AccessDenied']);
    expect(outcome(await retain('GOVERNANCE', '2026-12-03T00:00:00Z', bypass))).toEqual([403, 'AccessDenied']);
    expect(outcome(await remove('null'))).toEqual([409, 'FileImmutable']);
  });

  it('in GOVERNANCE mode gives way to who says so', async () => {
    await enable();
    const versionId = await upload();
    await retain('GOVERNANCE', '2026-12-02T00:00:00Z');
    expect(outcome(await retain('GOVERNANCE', '2026-12-01T00:00:00Z'))).toEqual([403, 'AccessDenied']);
    expect((await retain('GOVERNANCE', '2026-12-01T00:00:00Z', bypass)).status).toBe(200);
    expect(outcome(await remove(versionId))).toEqual([409, 'FileImmutable']);
    expect((await remove(versionId, bypass)).status).toBe(204);
  });

  it('in GOVERNANCE mode is got around with the right to do so, and not without', async () => {
    await enable();
    const versionId = await upload();
    await retain('GOVERNANCE', '2026-12-02T00:00:00Z');
    const many = `<Delete><Object><Key>k</Key><VersionId>${versionId}</VersionId></Object></Delete>`;
    const session = (...actions: string[]) => {
      const Resource = `acs:oss:*:*:${BUCKET}/*`;
      const policy = { Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource }] };
      return assumeRole(emulator.url, { policy, now });
    };
    const limited = await session('oss:DeleteObjectVersion', 'oss:PutObject');
    const request = { key: 'k', query: { versionId }, headers: bypass, credentials: limited };
    expect(outcome(await emulator.send('DELETE', request))).toEqual([403, 'AccessDenied']);
    const deletion = { query: { delete: '' }, body: many, headers: bypass, credentials: limited };
    expect(outcome(await emulator.send('POST', deletion))).toEqual([403, 'AccessDenied']);
    const headers = {
      'x-oss-object-worm-mode': 'GOVERNANCE',
      'x-oss-object-worm-retain-until-date': '2026-12-01T00:00:00Z',
    };
    const retained = { key: 'k', body: 'b', headers, credentials: limited };
    expect(outcome(await emulator.send('PUT', retained))).toEqual([403, 'AccessDenied']);
    const credentials = await session('oss:DeleteObjectVersion', 'oss:BypassGovernanceRetention');
    expect((await emulator.send('DELETE', { ...request, credentials })).status).toBe(204);
  });

  it.each([
    ['2026-11-22T11:43:45Z', 'InvalidArgument'],
    ['tomorrow', 'MalformedXML'],
    ['2026-12-01', 'MalformedXML'],
  ])('is not until %s', async (until, code) => {
    await enable();
    await upload();
    expect((await retain('COMPLIANCE', until)).element('Code')).toBe(code);
  });

  it('has a legal hold beside it, which nothing but its end lifts', async () => {
    await enable();
    const versionId = await upload();
    const status = async () => (await emulator.send('GET', { key: 'k', query: { legalHold: '' } })).element('Status');
    expect(await status()).toBe('OFF');
    expect((await hold('ON')).headers['x-oss-version-id']).toBe(versionId);
    expect(await status()).toBe('ON');
    expect((await emulator.send('HEAD', { key: 'k' })).headers['x-oss-object-worm-legal-hold']).toBe('ON');
    expect(outcome(await remove(versionId, bypass))).toEqual([409, 'FileImmutable']);
    expect(outcome(await hold('MAYBE'))).toEqual([400, 'MalformedXML']);
    await hold('OFF');
    expect((await remove(versionId)).status).toBe(204);
  });

  it('leaves no appendable objects', async () => {
    await versioning('Enabled');
    const append = (key: string) => emulator.send('POST', { key, query: { append: '', position: '0' }, body: 'a' });
    await append('k');
    await configure();
    expect(outcome(await retain('COMPLIANCE', '2026-12-01T00:00:00Z'))).toEqual([400, 'InvalidRequest']);
    expect(outcome(await append('another'))).toEqual([400, 'OperationNotSupported']);
  });

  it('is about buckets and objects that are there', async () => {
    await enable();
    for (const query of [{ retention: '' }, { legalHold: '' }]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('GET', { key: 'none', query })).element('Code')).toBe('NoSuchKey');
      // oxlint-disable-next-line no-await-in-loop
      const elsewhere = await emulator.send('PUT', { bucket: 'not-there', key: 'k', query, body: '<x/>' });
      expect(elsewhere.element('Code')).toBe('NoSuchBucket');
    }
  });
});
