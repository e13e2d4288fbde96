import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import type { ClientResponse } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const NO_VERSION = 'CAEQNRiBgMClj7qD0BYiIDQ5Y2QyMjc3NGZkODRlMTU5M2VkY2U3MWRiNGRhYjAx';

describe('versioning', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  beforeEach(async () => {
    await emulator.reset();
    await emulator.send('PUT');
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const setVersioning = (status: string) =>
    emulator.send('PUT', {
      query: { versioning: '' },
      body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
    });
  const idOf = ({ headers }: ClientResponse): string => headers['x-oss-version-id'] ?? '';
  const put = async (key: string, body: string) => idOf(await emulator.send('PUT', { key, body }));
  const versionsOf = async (query: Record<string, string> = {}) => {
    const { text } = await emulator.send('GET', { query: { versions: '', ...query } });
    const entries = [...text.matchAll(/<(Version|DeleteMarker)>([^]*?)<\/\1>/g)];
    return entries.map(([, name, content = '']) => {
      const [, id] = /<VersionId>(.*)<\/VersionId>/.exec(content) ?? [];
      return `${name} ${id}${content.includes('<IsLatest>true</IsLatest>') ? ' latest' : ''}`;
    });
  };

  describe('of a bucket', () => {
    it('has no status until it is enabled, and then one of two', async () => {
      const get = () => emulator.send('GET', { query: { versioning: '' } });
      expect((await get()).text).toMatch(/<VersioningConfiguration>\s*<\/VersioningConfiguration>/);
      for (const status of ['Enabled', 'Suspended']) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const response = await setVersioning(status);
        expect([response.status, response.body.length]).toEqual([200, 0]);
        // oxlint-disable-next-line no-await-in-loop
        expect((await get()).element('Status')).toBe(status);
        // oxlint-disable-next-line no-await-in-loop
        const info = await emulator.send('GET', { query: { bucketInfo: '' } });
        expect(info.element('Versioning')).toBe(status);
      }
    });

    it.each([
      '<VersioningConfiguration/>',
      '<VersioningConfiguration><Status>Disabled</Status></VersioningConfiguration>',
      '<Versioning><Status>Enabled</Status></Versioning>',
      '',
    ])('refuses %s', async (body) => {
      const response = await emulator.send('PUT', { query: { versioning: '' }, body });
      expect([response.status, response.element('Code')]).toEqual([400, 'MalformedXML']);
    });

    it('is asked of a bucket that is there', async () => {
      for (const method of ['GET', 'PUT']) {
        const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
        // oxlint-disable-next-line no-await-in-loop
        const response = await emulator.send(method, { bucket: 'no-bucket', query: { versioning: '' }, body });
        expect(response.element('Code')).toBe('NoSuchBucket');
      }
    });

    it('leaves a bucket undeletable while there is a version or a delete marker', async () => {
      await setVersioning('Enabled');
      const id = await put('k', 'b');
      const marker = idOf(await emulator.send('DELETE', { key: 'k' }));
      expect((await emulator.send('DELETE')).element('Code')).toBe('BucketNotEmpty');
      await emulator.send('DELETE', { key: 'k', query: { versionId: id } });
      expect((await emulator.send('DELETE')).element('Code')).toBe('BucketNotEmpty');
      await emulator.send('DELETE', { key: 'k', query: { versionId: marker } });
      expect((await emulator.send('DELETE')).status).toBe(204);
    });
  });

  it('names no version ids in a bucket that never had it', async () => {
    const responses = [
      await emulator.send('PUT', { key: 'k', body: 'b' }),
      await emulator.send('GET', { key: 'k' }),
      await emulator.send('DELETE', { key: 'k' }),
    ];
    expect(responses.map((response) => response.headers['x-oss-version-id'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    for (const _time of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      const deleted = await emulator.send('DELETE', { key: 'k', query: { versionId: 'null' } });
      expect([deleted.status, deleted.headers['x-oss-version-id']]).toEqual([204, undefined]);
    }
  });

  describe('enabled', () => {
    beforeEach(async () => {
      await put('old', 'before versioning');
      await setVersioning('Enabled');
    });

    it('gives every upload an id of 64 characters, by which GET and HEAD find it', async () => {
      const ids = [await put('k', 'first'), await put('k', 'second')];
      expect(ids[0]).toMatch(/^CAEQ[A-Za-z0-9]{60}$/);
      expect(new Set(ids).size).toBe(2);
      for (const [versionId, body] of [
        [ids[0], 'first'],
        [ids[1], 'second'],
      ] as const) {
        // oxlint-disable-next-line no-await-in-loop
        const get = await emulator.send('GET', { key: 'k', query: { versionId: versionId ?? '' } });
        expect([get.status, get.text, idOf(get)]).toEqual([200, body, versionId]);
        for (const query of [{ versionId: versionId ?? '' }, { versionId: versionId ?? '', objectMeta: '' }]) {
          // oxlint-disable-next-line no-await-in-loop
          const head = await emulator.send('HEAD', { key: 'k', query });
          expect([head.headers['content-length'], idOf(head)]).toEqual([String(body.length), versionId]);
        }
      }
      expect(idOf(await emulator.send('GET', { key: 'k' }))).toBe(ids[1]);
    });

    it('calls what was there before the version null', async () => {
      expect(idOf(await emulator.send('HEAD', { key: 'old' }))).toBe('null');
      const id = await put('old', 'new');
      const old = await emulator.send('GET', { key: 'old', query: { versionId: 'null' } });
      expect([old.text, idOf(old)]).toEqual(['before versioning', 'null']);
      expect(await versionsOf()).toEqual([`Version ${id} latest`, 'Version null']);
    });

    it('answers 404 for an object behind a delete marker, and 405 for the marker itself', async () => {
      const id = await put('k', 'b');
      const deletion = await emulator.send('DELETE', { key: 'k' });
      const marker = idOf(deletion);
      expect([deletion.status, deletion.headers['x-oss-delete-marker']]).toEqual([204, 'true']);
      for (const query of [undefined, { acl: '' }, { tagging: '' }, { symlink: '' }]) {
        // oxlint-disable-next-line no-await-in-loop
        const hidden = await emulator.send('GET', { key: 'k', ...(query && { query }) });
        expect([hidden.status, hidden.element('Code'), hidden.headers['x-oss-delete-marker'], idOf(hidden)]).toEqual([
          404,
          'NoSuchKey',
          'true',
          marker,
        ]);
        // oxlint-disable-next-line no-await-in-loop
        const named = await emulator.send('GET', { key: 'k', query: { ...query, versionId: marker } });
        expect([named.status, named.element('Code'), named.element('EC'), idOf(named)]).toEqual([
          405,
          'MethodNotAllowed',
          '0017-00000002',
          marker,
        ]);
      }
      expect((await emulator.send('HEAD', { key: 'k', query: { versionId: marker } })).status).toBe(405);
      expect((await emulator.send('GET', { key: 'k', query: { versionId: id } })).text).toBe('b');
      expect((await emulator.send('GET', { query: { prefix: 'k' } })).text).not.toContain('<Key>k</Key>');

      const restored = await emulator.send('DELETE', { key: 'k', query: { versionId: marker } });
      expect([restored.status, restored.headers['x-oss-delete-marker'], idOf(restored)]).toEqual([204, 'true', marker]);
      expect(idOf(await emulator.send('HEAD', { key: 'k' }))).toBe(id);
    });

    it('deletes a version also when the request names a symlink, as oss2 does after it has read one', async () => {
      const id = await put('k', 'b');
      const deletion = await emulator.send('DELETE', { key: 'k', query: { symlink: '', versionId: id } });
      expect([deletion.status, idOf(deletion)]).toEqual([204, id]);
    });

    it('deletes a version for good, once', async () => {
      const id = await put('k', 'b');
      for (const round of ['first', 'second']) {
        // oxlint-disable-next-line no-await-in-loop
        const deletion = await emulator.send('DELETE', { key: 'k', query: { versionId: id } });
        expect([round, deletion.status, deletion.headers['x-oss-delete-marker'], idOf(deletion)]).toEqual([
          round,
          204,
          undefined,
          id,
        ]);
      }
      const get = await emulator.send('GET', { key: 'k', query: { versionId: id } });
      expect([get.status, get.element('Code'), get.element('Message')]).toEqual([
        404,
        'NoSuchVersion',
        'The specified version does not exist.',
      ]);
      expect((await emulator.send('GET', { key: 'k' })).headers['x-oss-delete-marker']).toBeUndefined();
    });

    it.each([
      ['', 'Version id can not be the empty string.'],
      ['IllegalVersion', 'Invalid version id specified.'],
      [`${NO_VERSION}&acl`, 'Invalid version id specified.'],
      ['x'.repeat(200), 'Invalid version id specified.'],
    ])('refuses the version id %.20j wherever it stands', async (versionId, message) => {
      const requests = [
        ['GET', {}],
        ['HEAD', {}],
        ['DELETE', {}],
        ['GET', { acl: '' }],
        ['PUT', { acl: '' }],
        ['DELETE', { tagging: '' }],
        ['GET', { symlink: '' }],
        ['POST', { restore: '' }],
      ] as const;
      for (const [method, query] of requests) {
        const headers = { 'x-oss-object-acl': 'private' };
        // oxlint-disable-next-line no-await-in-loop
        const response = await emulator.send(method, { key: 'old', query: { ...query, versionId }, headers });
        expect([method, response.status]).toEqual([method, 400]);
        const xml = Buffer.from(response.headers['x-oss-err'] ?? '', 'base64').toString() || response.text;
        expect(xml).toContain(`<Message>${message}</Message>`);
      }
    });

    it('keeps ACL, tags, symlinks and restores by version', async () => {
      const ids = [await put('k', 'first'), await put('k', 'second')];
      const [versionId = ''] = ids;
      const headers = { 'x-oss-object-acl': 'public-read' };
      expect(idOf(await emulator.send('PUT', { key: 'k', query: { acl: '', versionId }, headers }))).toBe(versionId);
      const acl = await emulator.send('GET', { key: 'k', query: { acl: '', versionId } });
      expect([acl.element('Grant'), idOf(acl)]).toEqual(['public-read', versionId]);
      expect((await emulator.send('GET', { key: 'k', query: { acl: '' } })).element('Grant')).toBe('default');
      const open = { key: 'k', signature: 'none' } as const;
      expect((await emulator.send('GET', { ...open, query: { versionId } })).text).toBe('first');
      expect((await emulator.send('GET', open)).status).toBe(403);

      const body = '<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>';
      expect(idOf(await emulator.send('PUT', { key: 'k', query: { tagging: '', versionId }, body }))).toBe(versionId);
      expect((await emulator.send('HEAD', { key: 'k', query: { versionId } })).headers['x-oss-tagging-count']).toBe(
        '1',
      );
      expect((await emulator.send('HEAD', { key: 'k' })).headers['x-oss-tagging-count']).toBeUndefined();
      const tags = await emulator.send('GET', { key: 'k', query: { tagging: '', versionId } });
      expect([tags.element('Value'), idOf(tags)]).toEqual(['1', versionId]);
      const untagged = await emulator.send('DELETE', { key: 'k', query: { tagging: '', versionId } });
      expect([untagged.status, idOf(untagged)]).toEqual([204, versionId]);
      expect(await versionsOf({ prefix: 'k' })).toEqual([`Version ${ids[1]} latest`, `Version ${ids[0]}`]);

      const link = (target: string) =>
        emulator.send('PUT', { key: 'link', query: { symlink: '' }, headers: { 'x-oss-symlink-target': target } });
      const firstLink = idOf(await link('old'));
      await link('k');
      const found = await emulator.send('GET', { key: 'link', query: { symlink: '', versionId: firstLink } });
      expect([found.headers['x-oss-symlink-target'], idOf(found)]).toEqual(['old', firstLink]);
      expect((await emulator.send('GET', { key: 'link', query: { versionId: firstLink } })).text).toBe(
        'before versioning',
      );

      const archive = { key: 'a', body: 'b', headers: { 'x-oss-storage-class': 'Archive' } };
      const archived = idOf(await emulator.send('PUT', archive));
      await emulator.send('DELETE', { key: 'a' });
      const restore = await emulator.send('POST', { key: 'a', query: { restore: '', versionId: archived } });
      expect([restore.status, idOf(restore)]).toEqual([202, archived]);
      const listing = await emulator.send('GET', { query: { versions: '', prefix: 'a' } });
      expect(listing.element('RestoreInfo')).toBe('ongoing-request="true"');
    });

    it('copies the version that is named, and names both', async () => {
      const first = await put('k', 'first');
      await put('k', 'second');
      await emulator.send('DELETE', { key: 'k' });
      const source = `/${BUCKET}/k?versionId=${first}`;
      const copied = await emulator.send('PUT', { key: 'copy', headers: { 'x-oss-copy-source': source } });
      expect([copied.status, copied.headers['x-oss-copy-source-version-id']]).toEqual([200, first]);
      expect(idOf(await emulator.send('HEAD', { key: 'copy' }))).toBe(idOf(copied));
      expect((await emulator.send('GET', { key: 'copy' })).text).toBe('first');

      const back = await emulator.send('PUT', { key: 'k', headers: { 'x-oss-copy-source': source } });
      expect(back.status).toBe(200);
      expect((await emulator.send('GET', { key: 'k' })).text).toBe('first');
      expect(idOf(back)).not.toBe(first);
    });

    it.each([
      [`?versionId=${NO_VERSION}`, 404, 'NoSuchVersion'],
      ['?versionId=IllegalVersion', 400, 'InvalidArgument'],
    ])('copies nothing from old%s', async (query, status, code) => {
      const headers = { 'x-oss-copy-source': `/${BUCKET}/old${query}` };
      const response = await emulator.send('PUT', { key: 'copy', headers });
      expect([response.status, response.element('Code')]).toEqual([status, code]);
    });

    it('lets x-oss-forbid-overwrite have no effect', async () => {
      const headers = { 'x-oss-forbid-overwrite': 'true' };
      expect((await emulator.send('PUT', { key: 'old', body: 'b', headers })).status).toBe(200);
      await setVersioning('Suspended');
      expect((await emulator.send('PUT', { key: 'old', body: 'b', headers })).status).toBe(200);
      expect((await emulator.send('POST', { key: 'old', query: { uploads: '' }, headers })).status).toBe(200);
    });

    it('deletes many objects and versions at once', async () => {
      const first = await put('k', 'first');
      const remove = (body: string) =>
        emulator.send('POST', { query: { delete: '' }, body: `<Delete>${body}</Delete>` });
      const marked = await remove(
        '<Object><Key>k</Key></Object><Object><Key>old</Key><VersionId></VersionId></Object>',
      );
      const markers = [...marked.text.matchAll(/<DeleteMarkerVersionId>(.*)<\/DeleteMarkerVersionId>/g)];
      expect(markers).toHaveLength(2);
      expect(marked.text.match(/<DeleteMarker>true<\/DeleteMarker>/g)).toHaveLength(2);
      expect(marked.text).not.toContain('<VersionId>');

      const [, marker = ''] = markers[0] ?? [];
      const removed = await remove(
        `<Object><Key>k</Key><VersionId>${first}</VersionId></Object>` +
          `<Object><Key>k</Key><VersionId>${marker}</VersionId></Object>` +
          '<Object><Key>old</Key><VersionId>null</VersionId></Object>',
      );
      const deleted = [...removed.text.matchAll(/<Deleted>([^]*?)<\/Deleted>/g)].map(([, text = '']) =>
        text.replaceAll(/\s/g, ''),
      );
      expect(deleted).toEqual([
        `<Key>k</Key><VersionId>${first}</VersionId>`,
        `<Key>k</Key><VersionId>${marker}</VersionId><DeleteMarker>true</DeleteMarker>` +
          `<DeleteMarkerVersionId>${marker}</DeleteMarkerVersionId>`,
        '<Key>old</Key><VersionId>null</VersionId>',
      ]);
      expect(await versionsOf()).toEqual([`DeleteMarker ${markers[1]?.[1]} latest`]);
    });

    it('gives multipart uploads and forms an id too', async () => {
      const initiated = await emulator.send('POST', { key: 'm', query: { uploads: '' } });
      const uploadId = initiated.element('UploadId') ?? '';
      await emulator.send('PUT', { key: 'm', query: { partNumber: '1', uploadId }, body: 'part' });
      const headers = { 'x-oss-complete-all': 'yes' };
      const completed = await emulator.send('POST', { key: 'm', query: { uploadId }, headers });
      expect(idOf(completed)).toBe(idOf(await emulator.send('HEAD', { key: 'm' })));
      expect(idOf(completed)).toMatch(/^CAEQ/);
    });
  });

  describe('suspended', () => {
    it('replaces the version null, and marks it as deleted', async () => {
      await setVersioning('Enabled');
      const id = await put('k', 'first');
      await setVersioning('Suspended');
      expect(await put('k', 'second')).toBe('null');
      expect(await put('k', 'third')).toBe('null');
      expect(await versionsOf()).toEqual(['Version null latest', `Version ${id}`]);
      const deletion = await emulator.send('DELETE', { key: 'k' });
      expect([deletion.headers['x-oss-delete-marker'], idOf(deletion)]).toEqual(['true', 'null']);
      expect(await versionsOf()).toEqual(['DeleteMarker null latest', `Version ${id}`]);
      expect((await emulator.send('GET', { key: 'k', query: { versionId: 'null' } })).status).toBe(405);
      await emulator.send('DELETE', { key: 'k', query: { versionId: 'null' } });
      expect((await emulator.send('GET', { key: 'k' })).text).toBe('first');
    });

    it('marks what was never there', async () => {
      await setVersioning('Suspended');
      expect((await emulator.send('DELETE', { key: 'never' })).headers['x-oss-delete-marker']).toBe('true');
      expect(await versionsOf()).toEqual(['DeleteMarker null latest']);
    });
  });

  describe('ListObjectVersions', () => {
    it('says of each version what a listing says, and who owns it', async () => {
      await setVersioning('Enabled');
      const id = await put('a b', 'bytes');
      const marker = idOf(await emulator.send('DELETE', { key: 'a b' }));
      const { text } = await emulator.send('GET', { query: { versions: '', 'encoding-type': 'url', prefix: 'a ' } });
      const compact = text.replaceAll(/>\s+</g, '><');
      expect(compact).toContain(
        '<ListVersionsResult><Name>emulator-test</Name><Prefix>a%20</Prefix><KeyMarker></KeyMarker>' +
          '<VersionIdMarker></VersionIdMarker><MaxKeys>100</MaxKeys><Delimiter></Delimiter>' +
          '<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>',
      );
      expect(compact).toMatch(
        new RegExp(
          `<DeleteMarker><Key>a%20b</Key><VersionId>${marker}</VersionId><IsLatest>true</IsLatest>` +
            '<LastModified>[^<]*\\.000Z</LastModified><Owner><ID>\\d+</ID><DisplayName>\\d+</DisplayName></Owner></DeleteMarker>',
        ),
      );
      expect(compact).toMatch(
        new RegExp(
          `<Version><Key>a%20b</Key><VersionId>${id}</VersionId><IsLatest>false</IsLatest>` +
            '<LastModified>[^<]*\\.000Z</LastModified><ETag>&quot;[0-9A-F]{32}&quot;</ETag><Type>Normal</Type>' +
            '<Size>5</Size><StorageClass>Standard</StorageClass><Owner>',
        ),
      );
    });

    it('goes on where the last page ended', async () => {
      await setVersioning('Enabled');
      const ids = [await put('a', '1'), await put('a', '2'), await put('b/1', '3'), await put('b/2', '4')];
      const first = await emulator.send('GET', { query: { versions: '', 'max-keys': '1' } });
      expect([
        first.element('IsTruncated'),
        first.element('NextKeyMarker'),
        first.element('NextVersionIdMarker'),
      ]).toEqual(['true', 'a', ids[1]]);
      const next = { 'key-marker': 'a', 'version-id-marker': ids[1] ?? '' };
      expect(await versionsOf({ ...next, 'max-keys': '2' })).toEqual([`Version ${ids[0]}`, `Version ${ids[2]} latest`]);
      expect(await versionsOf({ 'key-marker': 'a' })).toHaveLength(2);
      const rolledUp = await emulator.send('GET', { query: { versions: '', delimiter: '/', 'key-marker': 'a' } });
      expect(rolledUp.text.replaceAll(/\s/g, '')).toContain('<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>');
      expect(rolledUp.text).not.toContain('<Version>');
    });

    it('lists objects of a bucket that never had versioning by the id null, which deletes them', async () => {
      await put('k', 'b');
      expect(await versionsOf()).toEqual(['Version null latest']);
      expect((await emulator.send('DELETE', { key: 'k', query: { versionId: 'null' } })).status).toBe(204);
      expect(await versionsOf()).toEqual([]);
    });

    it.each([
      [{ 'version-id-marker': NO_VERSION }, 'version-id-marker'],
      [{ 'key-marker': 'a', 'version-id-marker': 'IllegalVersion' }, 'version-id-marker'],
      [{ 'max-keys': '0' }, 'max-keys'],
      [{ prefix: 'a'.repeat(1024) }, 'prefix'],
      [{ 'key-marker': 'a'.repeat(1024) }, 'key-marker'],
      [{ delimiter: 'a'.repeat(1024) }, 'delimiter'],
      [{ 'encoding-type': 'xml' }, 'encoding-type'],
    ])('refuses %.60o', async (query, argument) => {
      const response = await emulator.send('GET', { query: { versions: '', ...query } });
      expect([response.element('Code'), response.element('ArgumentName')]).toEqual(['InvalidArgument', argument]);
    });

    it('is refused for a bucket that is not there', async () => {
      const response = await emulator.send('GET', { bucket: 'no-bucket', query: { versions: '' } });
      expect(response.element('Code')).toBe('NoSuchBucket');
    });
  });
});
