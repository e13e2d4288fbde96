import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectUrl, signRequest } from '@oss-callback/oss-signing';
import OSS from 'ali-oss';
import { BUCKET, CREDENTIALS, REGION } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { crc64 } from '../digests/crc64.ts';
import { FileObjectStore } from '../store/file-object-store.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';

describe.each(['memory', 'file'] as const)('AppendObject in the %s store', (storeName) => {
  let emulator: TestEmulator;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'append-'));
    const store = storeName === 'file' ? await FileObjectStore.open(dataDir) : new MemoryObjectStore();
    emulator = await startTestEmulator({ store });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  const append = (
    key: string,
    position: number | string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ) => emulator.send('POST', { key, query: { append: '', position: String(position) }, body, headers });
  const get = (key: string) => emulator.send('GET', { key });

  it("has the bucket's encryption unless it asks for one of its own", async () => {
    const rule =
      '<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>';
    const body = `<ServerSideEncryptionRule>${rule}</ServerSideEncryptionRule>`;
    await emulator.send('PUT', { query: { encryption: '' }, body });
    const encryptionOf = ({ headers }: Awaited<ReturnType<typeof append>>) => headers['x-oss-server-side-encryption'];
    expect(encryptionOf(await append('by-default', 0, 'a'))).toBe('AES256');
    expect(encryptionOf(await append('asked-for', 0, 'a', { 'x-oss-server-side-encryption': 'SM4' }))).toBe('SM4');
    await emulator.send('DELETE', { query: { encryption: '' } });
    expect(encryptionOf(await append('by-default', 1, 'b'))).toBe('AES256');
    expect(encryptionOf(await append('plain', 0, 'a'))).toBeUndefined();
  });

  it('adds to the end and says where to go on, with the CRC-64 of the whole', async () => {
    const first = await append('log', 0, 'one,');
    expect([first.status, first.body.length, first.headers['x-oss-next-append-position']]).toEqual([200, 0, '4']);
    const second = await append('log', 4, 'two');
    expect(second.headers).toMatchObject({
      'x-oss-next-append-position': '7',
      'x-oss-hash-crc64ecma': crc64(Buffer.from('one,two')).toString(),
    });
    const stored = await get('log');
    expect(stored.text).toBe('one,two');
    expect(stored.headers).toMatchObject({
      'x-oss-object-type': 'Appendable',
      'x-oss-next-append-position': '7',
      'x-oss-hash-crc64ecma': crc64(Buffer.from('one,two')).toString(),
      etag: second.headers['etag'],
    });
    expect(stored.headers['content-md5']).toBeUndefined();
  });

  it('has an ETag that is no MD5, ends in zeros and changes with every append', async () => {
    const first = await append('etags', 0, 'same');
    const second = await append('etags', 4, 'same');
    for (const { headers } of [first, second]) expect(headers['etag']).toMatch(/^"[0-9A-F]{24}0{8}"$/);
    expect(second.headers['etag']).not.toBe(first.headers['etag']);
  });

  it('takes the ACL of a later request, and keeps the earlier one without', async () => {
    const grant = async () => (await emulator.send('GET', { key: 'granted', query: { acl: '' } })).element('Grant');
    await append('granted', 0, 'a', { 'x-oss-object-acl': 'public-read-write' });
    await append('granted', 1, 'b', { 'x-oss-object-acl': 'public-read' });
    expect(await grant()).toBe('public-read');
    await append('granted', 2, 'c');
    expect(await grant()).toBe('public-read');
    const refused = await append('granted', 3, 'd', { 'x-oss-object-acl': 'everybody' });
    expect(refused.element('Code')).toBe('InvalidArgument');
    expect((await get('granted')).text).toBe('abc');
  });

  it('keeps what the first request said of the object, and nothing of what later ones say', async () => {
    await append('described', 0, 'a', {
      'content-type': 'text/csv',
      'cache-control': 'no-cache',
      'x-oss-meta-author': '中文',
      'x-oss-object-acl': 'public-read',
      'x-oss-server-side-encryption': 'AES256',
      'x-oss-storage-class': 'IA',
    });
    await append('described', 1, 'b', {
      'content-type': 'text/plain',
      'x-oss-meta-author': 'somebody else',
      'x-oss-storage-class': 'Standard',
    });
    expect((await get('described')).headers).toMatchObject({
      'content-type': 'text/csv',
      'cache-control': 'no-cache',
      'x-oss-meta-author': '中文',
      'x-oss-server-side-encryption': 'AES256',
      'x-oss-storage-class': 'IA',
    });
    expect((await emulator.send('GET', { key: 'described', query: { acl: '' } })).element('Grant')).toBe('public-read');
  });

  it.each([
    ['behind the end', 5],
    ['before the end', 1],
    ['at 0 of what is there', 0],
  ])('refuses a position %s and says the right one', async (_what, position) => {
    await append(`wrong-${position}`, 0, 'abc');
    const response = await append(`wrong-${position}`, position, 'x');
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      409,
      'PositionNotEqualToLength',
      '0026-00000016',
    ]);
    expect(response.headers['x-oss-next-append-position']).toBe('3');
    expect((await get(`wrong-${position}`)).text).toBe('abc');
  });

  it('begins at 0 only, and may begin with nothing', async () => {
    const late = await append('begins', 3, 'x');
    expect([late.status, late.headers['x-oss-next-append-position']]).toEqual([409, '0']);
    expect((await append('begins', 0, '')).headers['x-oss-next-append-position']).toBe('0');
    expect((await emulator.send('HEAD', { key: 'begins' })).headers['x-oss-object-type']).toBe('Appendable');
    expect((await append('begins', 0, 'x')).headers['x-oss-next-append-position']).toBe('1');
  });

  it('changes nothing when nothing is added', async () => {
    const first = await append('same', 0, 'abc');
    const second = await append('same', 3, '');
    expect([second.status, second.headers['etag'], second.headers['x-oss-next-append-position']]).toEqual([
      200,
      first.headers['etag'],
      '3',
    ]);
  });

  it('refuses what is no appendable object, and leaves it to PutObject to replace one', async () => {
    await emulator.send('PUT', { key: 'normal', body: 'abc' });
    const refused = await append('normal', 3, 'x');
    expect([refused.status, refused.element('Code'), refused.element('EC')]).toEqual([
      409,
      'ObjectNotAppendable',
      '0026-00000017',
    ]);
    await append('replaced', 0, 'abc');
    await emulator.send('PUT', { key: 'replaced', body: 'new' });
    expect((await append('replaced', 3, 'x')).element('Code')).toBe('ObjectNotAppendable');
    expect((await get('replaced')).headers['x-oss-object-type']).toBe('Normal');
  });

  it.each([
    [undefined, 'MissingArgument', '0016-00000501'],
    ['', 'MissingArgument', '0016-00000501'],
    ['-1', 'InvalidArgument', undefined],
    ['1e3', 'InvalidArgument', undefined],
    ['9'.repeat(40), 'InvalidArgument', undefined],
    [String(5 * 1024 ** 3 + 1), 'EntityTooLarge', undefined],
  ])('refuses the position %s', async (position, code, ec) => {
    const query = { append: '', ...(position === undefined ? {} : { position }) };
    const response = await emulator.send('POST', { key: 'p', query, body: 'x' });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, code, ec]);
  });

  /** Everything of an append of three bytes at position 5 but the bytes. */
  const beginAppend = (key: string) => {
    const { hostname, port, host } = new URL(emulator.url);
    const query = { append: '', position: '5' };
    const target = objectUrl({ endpoint: emulator.url, addressing: 'path', bucket: BUCKET, key, query });
    const signed = signRequest(
      { method: 'POST', bucket: BUCKET, key, query },
      { credentials: CREDENTIALS, region: REGION, now: new Date() },
    );
    const headers = { ...signed.headers, host, connection: 'close', 'content-length': '3' };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${target.slice(emulator.url.length)} HTTP/1.1\r\n${lines.join('')}\r\n`);
    return { socket, answer: text(socket) };
  };

  it('lets one of several appends at the same position win, whichever ends first', async () => {
    await append('race', 0, 'start');
    const appends = ['aaa', 'bbb', 'ccc'].map(() => beginAppend('race'));
    const sockets = appends.map(({ socket }) => socket);
    const answers = appends.map(({ answer }) => answer);
    // All have found the object as it is now; their bytes come one after the other.
    await setTimeout(200);
    sockets[1]?.write('bbb');
    await answers[1];
    sockets[2]?.write('ccc');
    sockets[0]?.write('aaa');
    const [first = '', second = '', third = ''] = await Promise.all(answers);
    expect(second).toMatch(/^HTTP\/1\.1 200 /);
    for (const loser of [first, third]) {
      expect(loser).toMatch(/^HTTP\/1\.1 409 /);
      expect(loser).toContain('<Code>PositionNotEqualToLength</Code>');
      expect(loser).toMatch(/^x-oss-next-append-position: 8\r$/m);
    }
    expect((await get('race')).text).toBe('startbbb');
  });

  it('loses no PutObject that comes in between', async () => {
    await append('between', 0, 'start');
    const { socket, answer } = beginAppend('between');
    await setTimeout(200);
    await emulator.send('PUT', { key: 'between', body: 'put' });
    socket.write('end');
    expect(await answer).toContain('<Code>ObjectNotAppendable</Code>');
    expect((await get('between')).text).toBe('put');
  });

  it('says in the log that it sends no callback', async () => {
    const callback = Buffer.from('{"callbackUrl":"http://127.0.0.1:9/","callbackBody":"a"}').toString('base64');
    expect((await append('silent', 0, 'abc', { 'x-oss-callback': callback })).status).toBe(200);
    expect(emulator.log.at(-1)).toMatch(/\/silent → warning: AppendObject sends no callback/);
    expect(emulator.journal.entries()).toEqual([]);
  });

  it('checks Content-MD5 against what is added', async () => {
    await append('digested', 0, 'abc');
    const wrong = await append('digested', 3, 'def', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' });
    expect([wrong.status, wrong.element('Code')]).toEqual([400, 'InvalidDigest']);
    const md5 = createHash('md5').update('def').digest('base64');
    expect((await append('digested', 3, 'def', { 'content-md5': md5 })).status).toBe(200);
    expect((await get('digested')).text).toBe('abcdef');
  });

  it('copies what is there however much it is', async () => {
    const first = randomBytes(300_000);
    const second = randomBytes(200_000);
    await append('large', 0, first);
    const answer = await append('large', first.length, second);
    const whole = Buffer.concat([first, second]);
    expect(answer.headers['x-oss-hash-crc64ecma']).toBe(crc64(whole).toString());
    expect((await get('large')).body.equals(whole)).toBe(true);
  });

  it('makes no versions, and ends with the version that is there', async () => {
    const bucket = `versions-of-${storeName}`;
    const send = (method: string, request: ClientRequest = {}) => emulator.send(method, { bucket, ...request });
    const appendThere = (position: string, body: string) =>
      send('POST', { key: 'log', query: { append: '', position }, body });
    await send('PUT');
    const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await send('PUT', { query: { versioning: '' }, body });
    const ids = [await appendThere('0', 'one,'), await appendThere('4', 'two')].map(
      (response) => response.headers['x-oss-version-id'],
    );
    expect(ids[0]).toMatch(/^CAE/);
    expect(ids[1]).toBe(ids[0]);
    const listed = await send('GET', { query: { versions: '' } });
    expect(listed.text.match(/<Version>/g)).toHaveLength(1);
    await send('DELETE', { key: 'log' });
    const versionId = ids[1] ?? '';
    expect((await send('GET', { key: 'log', query: { versionId } })).text).toBe('one,two');
    expect((await appendThere('7', 'x')).headers['x-oss-next-append-position']).toBe('0');
    expect((await appendThere('0', 'again')).status).toBe(200);
    await send('PUT', { key: 'log', body: 'put' });
    expect((await appendThere('3', 'x')).element('Code')).toBe('ObjectNotAppendable');
  });

  it('loses no ACL that is given in between', async () => {
    await append('acl', 0, 'start');
    const { socket, answer } = beginAppend('acl');
    await setTimeout(200);
    await emulator.send('PUT', { key: 'acl', query: { acl: '' }, headers: { 'x-oss-object-acl': 'public-read' } });
    socket.write('end');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect((await emulator.send('GET', { key: 'acl', signature: 'none' })).text).toBe('startend');
  });

  it('ends with SealAppendObject, which may be said twice and keeps its time', async () => {
    const seal = (key: string, position?: string) =>
      emulator.send('POST', { key, query: { seal: '', ...(position === undefined ? {} : { position }) } });
    await append('sealed', 0, 'start');
    const wrong = await seal('sealed', '4');
    expect([wrong.element('Code'), wrong.headers['x-oss-next-append-position']]).toEqual([
      'PositionNotEqualToLength',
      '5',
    ]);
    const { socket, answer } = beginAppend('sealed');
    await setTimeout(200);
    const first = await seal('sealed', '5');
    expect([first.status, first.headers['x-oss-sealed-time']]).toEqual([200, expect.stringMatching(/ GMT$/)]);
    socket.write('end');
    expect(await answer).toContain('<Code>ObjectNotAppendable</Code>');
    await setTimeout(1100);
    expect((await seal('sealed', '5')).headers['x-oss-sealed-time']).toBe(first.headers['x-oss-sealed-time']);
    expect((await append('sealed', 5, 'x')).element('Code')).toBe('ObjectNotAppendable');
    const stored = await get('sealed');
    expect([stored.text, stored.headers['x-oss-object-type'], stored.headers['x-oss-sealed-time']]).toEqual([
      'start',
      'Appendable',
      first.headers['x-oss-sealed-time'],
    ]);
    expect((await seal('missing', '0')).element('Code')).toBe('NoSuchKey');
    expect((await seal('sealed')).element('Code')).toBe('MissingArgument');
    await emulator.send('PUT', { key: 'ordinary', body: 'abc' });
    expect((await seal('ordinary', '3')).element('Code')).toBe('ObjectNotAppendable');
  });

  it('serves the append of ali-oss, and shows its type in listings', async () => {
    const client = new OSS({
      ...CREDENTIALS,
      endpoint: emulator.url,
      bucket: BUCKET,
      region: 'oss-cn-hangzhou',
      authorizationV4: true,
    });
    const first = await client.append('ali/log', Buffer.from('foo'));
    expect(first.nextAppendPosition).toBe('3');
    const second = await client.append('ali/log', Buffer.from('bar'), { position: '3' });
    expect(second.nextAppendPosition).toBe('6');
    expect((await client.get('ali/log')).content.toString()).toBe('foobar');
    await expect(client.append('ali/log', Buffer.from('foobar'))).rejects.toMatchObject({
      name: 'PositionNotEqualToLengthError',
      status: 409,
    });
    const { objects } = await client.listV2({ prefix: 'ali/' });
    expect(objects).toMatchObject([{ name: 'ali/log', size: 6, type: 'Appendable' }]);
  });
});
