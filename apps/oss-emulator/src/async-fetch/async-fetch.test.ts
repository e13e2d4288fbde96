import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const MD5_OF_123 = 'ICy5YqxZB1uWSwcVLSNLcA==';

describe('fetching an object in the background', () => {
  let emulator: TestEmulator;
  let origin: string;
  let asked: IncomingMessage[] = [];
  const answer: RequestListener = (incoming, outgoing) => {
    asked.push(incoming);
    if (incoming.url === '/moved') outgoing.writeHead(302, { location: '/a.txt' }).end();
    else if (incoming.url === '/never') return;
    else if (incoming.url === '/broken')
      outgoing.writeHead(200, { 'content-length': '10' }).write('123', () => outgoing.destroy());
    else if (incoming.url === '/chunked') outgoing.writeHead(200).end('123');
    else outgoing.writeHead(200, { 'content-type': 'text/x-test', 'content-length': '3' }).end('123');
  };
  const source = createServer(answer);

  beforeAll(async () => {
    await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
    emulator = await startTestEmulator();
  });
  beforeEach(async () => {
    asked = [];
    await emulator.reset();
    await emulator.send('PUT');
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    source.closeAllConnections();
    source.close();
  });

  const put = (elements: Record<string, string>, more: object = {}) => {
    const text = Object.entries({ Object: 'fetched', ...elements }).map(
      ([name, value]) => `<${name}>${value}</${name}>`,
    );
    const body = `<AsyncFetchTaskConfiguration>${text.join('')}</AsyncFetchTaskConfiguration>`;
    return emulator.send('POST', { query: { asyncFetch: '' }, body, ...more });
  };
  const get = (id: string) => emulator.send('GET', { query: { asyncFetch: '' }, headers: { 'x-oss-task-id': id } });
  const finished = async (elements: Record<string, string>) => {
    const id = (await put(elements)).element('TaskId') ?? '';
    await expect.poll(async () => (await get(id)).element('State'), { timeout: 5000 }).not.toBe('Running');
    return get(id);
  };
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');

  it('stores what the source answers, and says so', async () => {
    const url = `${origin}/a.txt?x=1&amp;y=2`;
    const task = await finished({ Url: url, ContentMD5: MD5_OF_123, Host: 'shop.example' });
    expect(
      ['State', 'ErrorMsg', 'Url', 'Object', 'Host', 'ContentMD5', 'Callback', 'IgnoreSameKey'].map(task.element),
    ).toEqual(['Success', '', `${origin}/a.txt?x=1&y=2`, 'fetched', 'shop.example', MD5_OF_123, '', 'true']);
    const object = await emulator.send('GET', { key: 'fetched' });
    expect([object.text, object.headers['content-type']]).toEqual(['123', 'text/x-test']);
    expect([asked[0]?.url, asked[0]?.headers.host]).toEqual(['/a.txt?x=1&y=2', 'shop.example']);
  });

  it('reads a presigned URL of the emulator itself, and a source of unknown size', async () => {
    await emulator.send('PUT', { key: 'from', body: 'own' });
    await emulator.send('PUT', { key: 'from', query: { acl: '' }, headers: { 'x-oss-object-acl': 'public-read' } });
    expect((await finished({ Url: `${emulator.url}/emulator-test/from` })).element('State')).toBe('Success');
    expect((await emulator.send('GET', { key: 'fetched' })).text).toBe('own');
    expect((await finished({ Url: `${origin}/chunked`, Object: 'sized' })).element('State')).toBe('Success');
  });

  it('calls back as an upload does', async () => {
    await using receiver = await startReceiver();
    const callback = { callbackUrl: receiver.url, callbackBody: 'object=${object}&size=${size}' };
    const task = await finished({ Url: `${origin}/a.txt`, Callback: base64(callback) });
    expect(task.element('State')).toBe('Success');
    expect(receiver.received.map(({ body }) => body.toString())).toEqual(['object=fetched&size=3']);
    expect(receiver.received[0]?.headers['authorization']).toBeDefined();
  });

  it('has stored the object when the callback fails', async () => {
    await using receiver = await startReceiver((response) => response.writeHead(500).end());
    const callback = { callbackUrl: receiver.url, callbackBody: '${etag}' };
    const task = await finished({ Url: `${origin}/a.txt`, Callback: base64(callback) });
    expect(task.element('State')).toBe('FetchSuccessCallbackFailed');
    expect(task.element('ErrorMsg')).not.toBe('');
    expect((await emulator.send('GET', { key: 'fetched' })).text).toBe('123');
  });

  it.each([
    ['a name that is none', { Url: 'http://no-such-host.invalid/' }],
    ['no URL at all', { Url: 'http://:' }],
    ['another scheme', { Url: 'file:///etc/passwd' }],
    ['an address that callbacks may not go to', { Url: 'http://169.254.169.254/latest' }],
    ['other content than was said', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
    ['a redirect', { Url: '/moved' }],
    ['an answer that breaks off', { Url: '/broken' }],
  ])('fails for %s, and leaves nothing', async (_what, elements) => {
    const { Url = '/a.txt', ...others } = elements as Record<string, string>;
    const task = await finished({ Url: Url.startsWith('/') ? `${origin}${Url}` : Url, ...others });
    expect(task.element('State')).toBe('Failed');
    expect(task.element('ErrorMsg')).not.toBe('');
    expect((await emulator.send('HEAD', { key: 'fetched' })).status).toBe(404);
  });

  it('leaves an object that is there alone unless told otherwise', async () => {
    await emulator.send('PUT', { key: 'fetched', body: 'mine' });
    const refused = await put({ Url: `${origin}/a.txt` });
    expect([refused.status, refused.element('Code')]).toEqual([400, 'ObjectAlreadyExists']);
    expect((await finished({ Url: `${origin}/a.txt`, IgnoreSameKey: 'false' })).element('State')).toBe('Success');
    expect((await emulator.send('GET', { key: 'fetched' })).text).toBe('123');
  });

  it.each([
    [{ Url: '' }, 'InvalidArgument'],
    [{ Url: 'http://a.example', Object: '' }, 'InvalidArgument'],
    [{ Url: 'http://a.example', Object: '/a' }, 'InvalidObjectName'],
    [{ Url: 'http://a.example', Callback: '%%%' }, 'InvalidArgument'],
    [{ Url: 'http://a.example', IgnoreSameKey: 'perhaps' }, 'MalformedXML'],
  ])('is refused at once: %j', async (elements, code) => {
    expect((await put(elements as Record<string, string>)).element('Code')).toBe(code);
  });

  it('takes the right to put the object', async () => {
    const policy = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'oss:PutAsyncFetchTask', Resource: '*' }] };
    const credentials = await assumeRole(emulator.url, { policy: JSON.stringify(policy) });
    const refused = await put({ Url: `${origin}/a.txt` }, { credentials });
    expect([refused.status, refused.element('Code')]).toEqual([403, 'AccessDenied']);
    expect(asked).toEqual([]);
  });

  it('is known to its own bucket only, and no longer after a reset', async () => {
    const id = (await finished({ Url: `${origin}/a.txt` })).element('TaskId') ?? '';
    await emulator.send('PUT', { bucket: 'another-one' });
    const elsewhere = { bucket: 'another-one', query: { asyncFetch: '' }, headers: { 'x-oss-task-id': id } };
    expect((await emulator.send('GET', elsewhere)).element('Code')).toBe('InvalidArgument');
    await emulator.reset();
    await emulator.send('PUT');
    expect((await get(id)).element('Code')).toBe('InvalidArgument');
  });

  it('is broken off when the emulator closes', async () => {
    const closing = await startTestEmulator();
    const body = `<AsyncFetchTaskConfiguration><Url>${origin}/never</Url><Object>o</Object></AsyncFetchTaskConfiguration>`;
    expect((await closing.send('POST', { query: { asyncFetch: '' }, body })).status).toBe(200);
    await expect.poll(() => asked.length).toBe(1);
    const startedAt = performance.now();
    await closing[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(9000);
  });
});
