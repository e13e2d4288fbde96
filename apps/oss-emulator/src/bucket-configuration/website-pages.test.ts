import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('a website', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } });
    for (const key of ['index.html', 'docs/index.html', 'a b/index.html', 'error.html', 'page.html']) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { key, body: `page ${key}`, headers: { 'content-type': 'text/html' } });
    }
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = async (elements: string): Promise<void> => {
    const body = `<WebsiteConfiguration>${elements}</WebsiteConfiguration>`;
    expect((await emulator.send('PUT', { query: { website: '' }, body })).status).toBe(200);
  };
  const index = (more = '') => `<IndexDocument><Suffix>index.html</Suffix>${more}</IndexDocument>`;
  const directories = (type: string) => index(`<SupportSubDir>true</SupportSubDir><Type>${type}</Type>`);
  const errors = (status: string) => `<ErrorDocument><Key>error.html</Key>${status}</ErrorDocument>`;
  const open = (key: string, request: ClientRequest = {}) =>
    emulator.send('GET', { key, signature: 'none', ...request });

  it('begins with its index page, which a signed request does not get', async () => {
    await put(index());
    const page = await open('', { query: { utm_source: 'mail' } });
    expect([page.status, page.headers['content-type'], page.text]).toEqual([200, 'text/html', 'page index.html']);
    expect((await open('', { addressing: 'virtual-hosted' })).text).toBe('page index.html');
    expect((await emulator.send('GET')).text).toContain('<ListBucketResult');
    expect((await open('', { query: { prefix: 'docs/' } })).text).toContain('<ListBucketResult');
  });

  it('has the page of the root for every directory, or a page of each', async () => {
    await put(index());
    expect((await open('docs/')).text).toBe('page index.html');
    await put(directories('0'));
    expect((await open('docs/')).text).toBe('page docs/index.html');
    expect((await open('none/')).element('Code')).toBe('NoSuchKey');
  });

  it('has them for signed requests too, where the directory is no object', async () => {
    const signed = (key: string) => emulator.send('GET', { key });
    await put(index());
    expect((await signed('docs/')).text).toBe('page index.html');
    await put(directories('0'));
    expect((await signed('docs/')).text).toBe('page docs/index.html');
    expect((await signed('none/')).element('Code')).toBe('NoSuchKey');
    expect((await signed('docs')).element('Code')).toBe('NoSuchKey');
    await emulator.send('PUT', { key: 'docs/', body: 'the object' });
    expect((await signed('docs/')).text).toBe('the object');
    await emulator.send('DELETE', { key: 'docs/' });
  });

  it.each([
    ['0', 302, ''],
    ['1', 404, 'page error.html'],
    ['2', 200, 'page docs/index.html'],
  ])('of type %s answers a directory without its slash with %i', async (type, status, text) => {
    await put(directories(type) + errors(''));
    const answer = await open('docs');
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect((await open('none')).text).toBe('page error.html');
  });

  it('leads to a directory by an encoded path, with the bucket where the request has it', async () => {
    await put(directories('0'));
    expect((await open('a b')).headers['location']).toBe(`/${BUCKET}/a%20b/`);
    expect((await open('a b', { addressing: 'virtual-hosted' })).headers['location']).toBe('/a%20b/');
  });

  it.each([
    ['', 404],
    ['<HttpStatus>404</HttpStatus>', 404],
    ['<HttpStatus>200</HttpStatus>', 200],
  ])('has an error page for what is not there (%s)', async (element, status) => {
    await put(index() + errors(element));
    const page = await open('none', { headers: { range: 'bytes=0-3', 'if-none-match': '*' } });
    expect([page.status, page.headers['content-type'], page.text]).toEqual([status, 'text/html', 'page error.html']);
    expect((await emulator.send('HEAD', { key: 'none', signature: 'none' })).status).toBe(status);
    expect((await open('page.html')).text).toBe('page page.html');
    expect((await emulator.send('GET', { key: 'none' })).element('Code')).toBe('NoSuchKey');
  });

  it('shows no page that not everybody may read', async () => {
    await put(index() + errors(''));
    const acl = (key: string, value: string) =>
      emulator.send('PUT', { key, query: { acl: '' }, headers: { 'x-oss-object-acl': value } });
    await acl('error.html', 'private');
    expect((await open('none')).element('Code')).toBe('NoSuchKey');
    await acl('error.html', 'default');
    await acl('index.html', 'private');
    expect((await open('')).element('Code')).toBe('AccessDenied');
    await acl('index.html', 'default');
  });

  it('takes no uploads and no sub-resources for pages', async () => {
    await put(index() + errors('<HttpStatus>200</HttpStatus>'));
    expect((await open('none', { query: { acl: '' } })).element('Code')).toBe('AccessDenied');
    expect((await open('', { query: { cors: '' } })).element('Code')).toBe('AccessDenied');
    const meta = { key: 'none', query: { objectMeta: '' }, signature: 'none' } as const;
    expect((await emulator.send('HEAD', meta)).status).toBe(404);
    expect((await emulator.send('PUT', { key: 'new', body: 'b', signature: 'none' })).element('Code')).toBe(
      'AccessDenied',
    );
  });

  it('ends with its configuration', async () => {
    await put(index() + errors(''));
    await emulator.send('DELETE', { query: { website: '' } });
    expect((await open('')).text).toContain('<ListBucketResult');
    expect((await open('none')).element('Code')).toBe('NoSuchKey');
  });
});
