import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('symlinks', () => {
  let emulator: TestEmulator;
  let time = new Date('2026-11-24T10:00:00Z');
  const query = { symlink: '' };

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => time });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  function link(key: string, target: string, headers: Record<string, string> = {}) {
    return emulator.send('PUT', { key, query, headers: { 'x-oss-symlink-target': target, ...headers } });
  }

  it('gives the bytes of the target with the metadata of the link, and the later of both times', async () => {
    const target = 'oss/+< >[]/世界/中国.txt';
    const metadata = { 'x-oss-meta-of': 'link', 'content-type': 'text/plain', 'x-oss-storage-class': 'IA' };
    time = new Date('2026-11-24T10:00:00Z');
    const put = await link('link', encodeURIComponent(target), metadata);
    expect([put.status, put.body.length]).toEqual([200, 0]);
    expect(put.headers['etag']).toMatch(/^"[0-9A-F]{32}"$/);
    time = new Date('2026-11-24T10:00:10Z');
    const { headers: digests } = await emulator.send('PUT', {
      key: target,
      body: 'target',
      headers: { 'x-oss-meta-of': 'target' },
    });

    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send(method, { key: 'link' });
      expect(response.status).toBe(200);
      expect(response.text).toBe(method === 'GET' ? 'target' : '');
      expect(response.headers).toMatchObject({
        etag: digests['etag'],
        'content-md5': digests['content-md5'],
        'x-oss-hash-crc64ecma': digests['x-oss-hash-crc64ecma'],
        'content-length': '6',
        'last-modified': 'Tue, 24 Nov 2026 10:00:10 GMT',
        'x-oss-object-type': 'Symlink',
        'x-oss-storage-class': 'IA',
        'x-oss-meta-of': 'link',
        'content-type': 'text/plain',
      });
    }
    time = new Date('2026-11-24T10:00:20Z');
    await link('link', encodeURIComponent(target));
    expect((await emulator.send('HEAD', { key: 'link' })).headers['last-modified']).toBe(
      'Tue, 24 Nov 2026 10:00:20 GMT',
    );
  });

  it('names its target, percent-encoded, with what is known of the link', async () => {
    const target = 'a b/图+.txt';
    await link('named', encodeURIComponent(target), { 'x-oss-meta-of': 'link' });
    const response = await emulator.send('GET', { key: 'named', query });
    expect([response.status, response.body.length]).toEqual([200, 0]);
    expect(response.headers['x-oss-symlink-target']).toMatch(/^[\w%.~-]+$/);
    expect(decodeURIComponent(response.headers['x-oss-symlink-target'] ?? '')).toBe(target);
    expect(response.headers).toMatchObject({ 'x-oss-meta-of': 'link', 'x-oss-object-type': 'Symlink' });
    expect(response.headers['etag']).toBe((await link('named', encodeURIComponent(target))).headers['etag']);
  });

  it('gives ranges of the target, and heeds conditions on the ETag of the target', async () => {
    const { headers } = await emulator.send('PUT', { key: 'digits', body: '0123456789' });
    await link('to-digits', 'digits');
    const part = await emulator.send('GET', { key: 'to-digits', headers: { range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    const unchanged = { 'if-none-match': headers['etag'] ?? '' };
    expect((await emulator.send('GET', { key: 'to-digits', headers: unchanged })).status).toBe(304);
  });

  it('is listed as what it is, and deleted without its target', async () => {
    await emulator.send('PUT', { key: 'listed-target', body: 'b' });
    await link('listed', 'listed-target');
    const listing = await emulator.send('GET', { query: { prefix: 'listed' } });
    expect(listing.text).toMatch(/<Key>listed<\/Key>[^]*<Type>Symlink<\/Type>\s*<Size>0<\/Size>/);
    await emulator.send('DELETE', { key: 'listed' });
    expect((await emulator.send('GET', { key: 'listed-target' })).status).toBe(200);
  });

  it('refuses what leads nowhere or to another symlink, when it is read', async () => {
    await link('dangling', 'nothing');
    await link('twice', 'dangling');
    for (const [key, status, code, ec] of [
      ['dangling', 404, 'SymlinkTargetNotExist', '0026-00000012'],
      ['twice', 400, 'InvalidTargetType', '0026-00000011'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const get = await emulator.send('GET', { key });
      expect([get.status, get.element('Code'), get.element('EC')]).toEqual([status, code, ec]);
      // oxlint-disable-next-line no-await-in-loop
      const head = await emulator.send('HEAD', { key });
      expect([head.status, head.headers['x-oss-ec']]).toEqual([status, ec]);
    }
  });

  it.each([
    [{}, '0043-00000001'],
    [{ 'x-oss-symlink-target': '' }, '0043-00000001'],
    [{ 'x-oss-symlink-target': '%zz' }, undefined],
    [{ 'x-oss-symlink-target': '/leading' }, undefined],
    [{ 'x-oss-symlink-target': 'x'.repeat(1024) }, undefined],
  ])('refuses the headers %.50o', async (headers, ec) => {
    const response = await emulator.send('PUT', { key: 'refused', query, headers });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, 'InvalidArgument', ec]);
    expect((await emulator.send('GET', { key: 'refused', query })).status).toBe(404);
  });

  it('heeds x-oss-forbid-overwrite', async () => {
    await emulator.send('PUT', { key: 'there', body: 'b' });
    const response = await link('there', 'digits', { 'x-oss-forbid-overwrite': 'true' });
    expect([response.status, response.element('Code')]).toEqual([409, 'FileAlreadyExists']);
  });

  it.each([
    ['public-read', 'public-read', 200],
    ['public-read', 'private', 403],
    ['private', 'public-read', 403],
  ])('with the ACL %s and a target with %s answers anybody %i', async (linkAcl, targetAcl, status) => {
    await emulator.send('PUT', { key: 'acl-target', body: 'b', headers: { 'x-oss-object-acl': targetAcl } });
    await link('acl-link', 'acl-target', { 'x-oss-object-acl': linkAcl });
    expect((await emulator.send('GET', { key: 'acl-link', signature: 'none' })).status).toBe(status);
  });
});
