import { createHash, createPublicKey, verify } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackStringToSign, verifyCallbackSignature } from '@oss-callback/oss-callback';
import { signRequest } from '@oss-callback/oss-signing';
import { answerJson, startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
const TIMEOUT_MS = 300;

describe('a callback', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    emulator = await startTestEmulator({ accountId: '42', callbackTimeoutMs: TIMEOUT_MS });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const put = (
    key: string,
    callback: object,
    more: { vars?: object; carrier?: 'header' | 'query'; signature?: 'V1' | 'V4' } = {},
  ) => {
    const { vars, carrier = 'header', signature = 'V4' } = more;
    const prefix = carrier === 'header' ? 'x-oss-' : '';
    const carried = {
      [`${prefix}callback`]: encode(callback),
      ...(vars === undefined ? {} : { [`${prefix}callback-var`]: encode(vars) }),
    };
    const headers = { 'content-type': 'text/plain', ...(carrier === 'header' ? carried : {}) };
    const query = carrier === 'query' ? carried : {};
    return emulator.send('PUT', { key, body: '123456789', headers, query, signature });
  };
  const lastCallback = () => receiver.received.at(-1)!;

  it.each([
    ['header', 'V1'],
    ['header', 'V4'],
    ['query', 'V1'],
    ['query', 'V4'],
  ] as const)('is taken from the %s of a %s request, and its answer is handed through', async (carrier, signature) => {
    const callback = {
      callbackUrl: `${receiver.url}/path?a=1`,
      callbackBody:
        'bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}&op=${operation}&who=${x:who}&none=${x:none}',
    };
    const response = await put('dir/a b', callback, { vars: { 'x:who': '日 & 出' }, carrier, signature });
    expect([response.status, response.text, response.headers['content-type']]).toEqual([
      200,
      '{"Status":"OK"}',
      'application/json',
    ]);
    expect(response.headers).toMatchObject({
      etag: '"25F9E794323B453885F5181F1B624D0B"',
      'x-oss-hash-crc64ecma': '11051210869376104954',
      'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==',
      'content-length': '15',
    });
    expect(lastCallback().body.toString()).toBe(
      `bucket=${BUCKET}&object=dir%2Fa%20b&etag=25F9E794323B453885F5181F1B624D0B&size=9&mimeType=text%2Fplain` +
        '&op=PutObject&who=%E6%97%A5%20%26%20%E5%87%BA&none=',
    );
    expect(lastCallback().headers['x-oss-request-id']).toBe(response.headers['x-oss-request-id']);
    expect((await emulator.send('GET', { key: 'dir/a b' })).text).toBe('123456789');
  });

  it('renders JSON with every system variable, strings quoted and numbers bare', async () => {
    const names = [
      'bucket',
      'object',
      'etag',
      'size',
      'mimeType',
      'crc64',
      'contentMd5',
      'vpcId',
      'clientIp',
      'reqId',
      'operation',
    ];
    const images = ['imageInfo.width', 'imageInfo.height', 'imageInfo.format'];
    const body = `{${[...names, ...images, 'x:q'].map((name) => `"${name}":\${${name}}`).join(',')}}`;
    const callback = { callbackUrl: receiver.url, callbackBody: body, callbackBodyType: 'application/json' };
    const response = await put('a"b\\c', callback, { vars: { 'x:q': '"quoted" \\ 引号' } });
    expect(response.status).toBe(200);
    expect(lastCallback().headers['content-type']).toBe('application/json');
    expect(JSON.parse(lastCallback().body.toString('utf8'))).toEqual({
      bucket: BUCKET,
      object: 'a"b\\c',
      etag: '25F9E794323B453885F5181F1B624D0B',
      size: 9,
      mimeType: 'text/plain',
      crc64: '11051210869376104954',
      contentMd5: 'JfnnlDI7RTiF9RgfG2JNCw==',
      vpcId: '',
      clientIp: '127.0.0.1',
      reqId: response.headers['x-oss-request-id'],
      operation: 'PutObject',
      'imageInfo.width': null,
      'imageInfo.height': null,
      'imageInfo.format': null,
      'x:q': '"quoted" \\ 引号',
    });
  });

  it('substitutes once: a key that looks like a template stays what it is', async () => {
    const callback = { callbackUrl: receiver.url, callbackBody: 'o=${object}&s=${size}' };
    await put('${size}&size=0', callback);
    expect(lastCallback().body.toString()).toBe('o=%24%7Bsize%7D%26size%3D0&s=9');
  });

  it('is sent with the headers of OSS, in its order and spelling', async () => {
    const callback = {
      callbackUrl: `${receiver.url}/c%20b/+x?q=%2F`,
      callbackHost: 'app.example.com',
      callbackBody: 'a=b',
      additionalHeaders: { 'x-custom': 'value', 'content-length': '1' },
    };
    const response = await put('k', callback);
    const { method, target, rawHeaders, headers, body } = lastCallback();
    expect([method, target]).toEqual(['POST', '/c%20b/+x?q=%2F']);
    expect(rawHeaders.filter((_text, index) => index % 2 === 0)).toEqual([
      'Host',
      'Connection',
      'Content-Length',
      'Authorization',
      'Content-MD5',
      'Content-Type',
      'Date',
      'User-Agent',
      'x-oss-additional-headers',
      'x-oss-bucket',
      'x-oss-owner',
      'x-oss-pub-key-url',
      'x-oss-request-id',
      'x-oss-requester',
      'x-oss-signature-version',
      'x-oss-tag',
      'eagleeye-rpcid',
      'x-custom',
    ]);
    expect(headers).toMatchObject({
      host: 'app.example.com',
      connection: 'close',
      'content-length': '3',
      'content-md5': createHash('md5').update('a=b').digest('base64'),
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'aliyun-oss-callback',
      'x-oss-bucket': BUCKET,
      'x-oss-owner': '42',
      'x-oss-requester': '42',
      'x-oss-request-id': response.headers['x-oss-request-id'],
      'x-oss-signature-version': '1.0',
      'x-oss-tag': 'CALLBACK',
      'x-custom': 'value',
    });
    expect(body.toString()).toBe('a=b');
  });

  it('is signed for the public key that the emulator serves', async () => {
    await put('k', { callbackUrl: `${receiver.url}/a%2Fb?x=%2F`, callbackBody: 'object=${object}' });
    const { target, headers, body } = lastCallback();
    const publicKeyUrl = Buffer.from(headers['x-oss-pub-key-url']!, 'base64').toString();
    expect(publicKeyUrl).toBe(`${emulator.url}/__emulator/callback_pub_key_v1.pem`);
    const pem = await (await fetch(publicKeyUrl)).text();
    const signed = {
      requestTarget: target,
      body,
      authorization: headers['authorization'],
      publicKeyUrl: headers['x-oss-pub-key-url'],
    };
    const options = { publicKeys: new Map([[publicKeyUrl, pem]]) };
    expect(verifyCallbackSignature(signed, options)).toEqual({ ok: true, publicKeyUrl });
    expect(verifyCallbackSignature({ ...signed, body: Buffer.from('object=x') }, options).ok).toBe(false);
    const signature = Buffer.from(headers['authorization']!, 'base64');
    expect(verify('md5', Buffer.from(`/a/b?x=%2F\n${body.toString()}`), createPublicKey(pem), signature)).toBe(true);
    expect(verify('md5', callbackStringToSign(target, body), createPublicKey(pem), signature)).toBe(true);
  });

  it.each<[string, Parameters<typeof startReceiver>[0], string, string]>([
    ['201', (r) => r.writeHead(201, { 'content-length': 2 }).end('{}'), 'Error status : 201.', '0007-00000203'],
    ['204', (r) => r.writeHead(204).end(), 'Error status : 204.', '0007-00000203'],
    [
      'a redirect',
      (r) => r.writeHead(301, { location: '/elsewhere', 'content-length': 0 }).end(),
      'Error status : 301.',
      '0007-00000203',
    ],
    ['404', (r) => r.writeHead(404, { 'content-length': 0 }).end(), 'Error status : 404.', '0007-00000203'],
    ['500 and an endless body', (r) => r.writeHead(500).write('x'), 'Error status : 500.', '0007-00000203'],
    [
      'HTML',
      (r) => r.writeHead(200, { 'content-length': 6 }).end('<html>'),
      'Response body is not valid json format.',
      '0007-00000205',
    ],
    [
      'nothing',
      (r) => r.writeHead(200, { 'content-length': 0 }).end(),
      'Response body is not valid json format.',
      '0007-00000205',
    ],
    [
      'JSON with a byte order mark',
      (r) => r.writeHead(200, { 'content-length': 5 }).end('\uFEFF{}'),
      'Response body is not valid json format.',
      '0007-00000205',
    ],
    [
      'chunks without a length',
      (r) => r.writeHead(200).end('{}'),
      'Error Status : 400.User server missing content-length.',
      '0007-00000203',
    ],
    [
      'a length above 1 MB',
      (r) => r.writeHead(200, { 'content-length': 1_048_577 }).end('{'),
      'Error Status : 400.User server return too long content-length value.',
      '0007-00000203',
    ],
    [
      'too little',
      (r) => r.writeHead(200, { 'content-length': 10 }).write('{}', () => r.destroy()),
      'Error status : 502.',
      '0007-00000203',
    ],
    ['a closed connection', (r) => r.destroy(), 'Error status : 502.', '0007-00000203'],
  ])('that is answered by %s fails: 203, and the object is kept', async (_case, answer, message, ec) => {
    await using other = await startReceiver(answer);
    const response = await put('kept', { callbackUrl: other.url, callbackBody: 'a=b' });
    expect([response.status, response.element('Code'), response.element('Message'), response.element('EC')]).toEqual([
      203,
      'CallbackFailed',
      message,
      ec,
    ]);
    expect(response.element('RecommendDoc')).toBe(`https://api.aliyun.com/troubleshoot?q=${ec}`);
    expect(response.headers).toMatchObject({
      'content-type': 'application/xml',
      etag: '"25F9E794323B453885F5181F1B624D0B"',
      'x-oss-hash-crc64ecma': '11051210869376104954',
      'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==',
      'x-oss-ec': ec,
    });
    expect((await emulator.send('GET', { key: 'kept' })).text).toBe('123456789');
    expect(other.received).toHaveLength(1);
    expect(emulator.log.at(-1)).toContain(`203 CallbackFailed ${ec}: ${message}`);
  });

  it('accepts an answer of exactly 1 MB', async () => {
    const body = JSON.stringify('x'.repeat(1_048_576 - 2));
    await using other = await startReceiver((r) => r.writeHead(200, { 'content-length': body.length }).end(body));
    const response = await put('k', { callbackUrl: other.url, callbackBody: 'a=b' });
    expect([response.status, response.body.length]).toEqual([200, 1_048_576]);
  });

  it('takes raw replies that are no HTTP, or announce two lengths, for failures', async () => {
    const replies = [
      'nonsense\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n',
    ];
    for (const reply of replies) {
      const server = createServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(reply));
      });
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      // oxlint-disable-next-line no-await-in-loop
      const response = await put('k', { callbackUrl: `http://127.0.0.1:${port}`, callbackBody: 'a=b' });
      expect([response.status, response.element('Message')]).toEqual([203, 'Error status : 502.']);
      server.close();
    }
  });

  it('fails in words of its own when nobody listens', async () => {
    const response = await put('k', { callbackUrl: 'http://127.0.0.1:9/', callbackBody: 'a=b' });
    expect([response.status, response.element('Message'), response.element('EC')]).toEqual([
      203,
      'Error status : -1.OSS can not connect to your callbackUrl, please check it.',
      '0007-00000203',
    ]);
  });

  it('fails when its host name does not exist', async () => {
    const response = await put('k', { callbackUrl: 'http://no-such-name.invalid/', callbackBody: 'a=b' });
    expect([response.status, response.element('Code')]).toEqual([203, 'CallbackFailed']);
  });

  it('goes to no public address unless that is allowed, and the log says how', async () => {
    const response = await put('k', { callbackUrl: 'http://192.0.2.1/', callbackBody: 'a=b' });
    expect(response.status).toBe(203);
    expect(emulator.log.at(-1)).toContain('callbacks to 192.0.2.1 are not allowed by --callback-targets local');
  });

  it.each<[string, Parameters<typeof startReceiver>[0]]>([
    ['nothing', () => undefined],
    ['only headers', (r) => r.writeHead(200, { 'content-length': 10 }).flushHeaders()],
    [
      'a byte now and then',
      (r) => {
        r.writeHead(200, { 'content-length': 1000 });
        const timer = setInterval(() => r.write('1'), 20);
        r.on('close', () => clearInterval(timer));
      },
    ],
  ])('has one time limit for everything: %s comes back', async (_case, answer) => {
    await using other = await startReceiver(answer);
    const startedAt = performance.now();
    const response = await put('k', { callbackUrl: other.url, callbackBody: 'a=b' });
    // Far from the five seconds that it would take otherwise, and as far from what a busy machine adds.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    const { host } = new URL(other.url);
    expect([response.status, response.element('EC'), response.element('Message')]).toEqual([
      203,
      '0007-00000202',
      `Error status : -1 ${host} reply timeout, cost:${TIMEOUT_MS}ms, timeout:${TIMEOUT_MS}ms (err -4, errno115)`,
    ]);
  });

  it('tries several URLs in order until one succeeds', async () => {
    await using refusing = await startReceiver((r) => r.writeHead(500, { 'content-length': 0 }).end());
    const callbackUrl = [
      'http://127.0.0.1:9/',
      `${refusing.url}/second`,
      `${receiver.url}/third`,
      `${refusing.url}/fourth`,
    ].join(';');
    const before = receiver.received.length;
    const response = await put('k', { callbackUrl, callbackBody: 'a=b' });
    expect([response.status, response.text]).toEqual([200, '{"Status":"OK"}']);
    expect(refusing.received.map(({ target }) => target)).toEqual(['/second']);
    expect(receiver.received.slice(before).map(({ target }) => target)).toEqual(['/third']);
    const attempts = emulator.journal.entries()[0]?.attempts.map(({ url, verdict }) => [url, verdict.outcome]);
    expect(attempts).toEqual([
      ['http://127.0.0.1:9/', 'failed'],
      [`${refusing.url}/second`, 'failed'],
      [`${receiver.url}/third`, 'answered'],
    ]);
  });

  it('follows a route to a local server and says what it would say to the origin in the URL', async () => {
    const { host } = new URL(receiver.url);
    const callbackRoutes = [`http://oss-demo.aliyuncs.com:23450=http://${host}`];
    await using routed = await startTestEmulator({ callbackRoutes, callbackTargets: 'cloud' });
    const callback = { callbackUrl: 'oss-demo.aliyuncs.com:23450/c', callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': encode(callback) };
    const response = await routed.send('PUT', { key: 'k', body: 'b', headers });
    expect(response.status).toBe(200);
    expect([lastCallback().target, lastCallback().headers['host']]).toEqual(['/c', 'oss-demo.aliyuncs.com:23450']);
    expect(routed.journal.entries()[0]?.attempts[0]?.connectedTo).toBe(host);
  });

  it('of an anonymous upload names no requester', async () => {
    await emulator.send('PUT', { bucket: 'open-to-all', headers: { 'x-oss-acl': 'public-read-write' } });
    const headers = { 'x-oss-callback': encode({ callbackUrl: receiver.url, callbackBody: 'a=b' }) };
    const upload = { bucket: 'open-to-all', key: 'k', body: 'b', headers, signature: 'none' } as const;
    expect((await emulator.send('PUT', upload)).status).toBe(200);
    expect(lastCallback().headers['x-oss-requester']).toBe('');
  });

  it('is still sent when the client has gone after its last byte', async () => {
    const { resolve, promise: arrived } = Promise.withResolvers<void>();
    await using slow = await startReceiver((r) => {
      resolve();
      setTimeout(answerJson, 100, r);
    });
    const carried = { 'x-oss-callback': encode({ callbackUrl: slow.url, callbackBody: 'gone' }) };
    const parts = { method: 'PUT', bucket: BUCKET, key: 'gone', headers: carried };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const { hostname, port } = new URL(emulator.url);
    const lines = Object.entries({ ...headers, host: 'localhost', 'content-length': '1' });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const client = connect(Number(port), hostname);
    client.write(`PUT /${BUCKET}/gone HTTP/1.1\r\n${head}\r\nx`);
    await arrived;
    client.destroy();
    const isAnswered = () => emulator.journal.entries().some(({ key }) => key === 'gone');
    await expect.poll(isAnswered, { timeout: 2000 }).toBe(true);
    expect((await emulator.send('GET', { key: 'gone' })).text).toBe('x');
  });

  it('is in the journal from template to verdict, and can be sent again', async () => {
    const callback = {
      callbackUrl: `${receiver.url}/j?x`,
      callbackBody: 'o=${object}',
      additionalHeaders: { 'x-api-key': 'do not show' },
    };
    const response = await put('journalled', callback, { vars: { 'x:a': 'b' } });
    const list = await sendPlain(emulator.url, { method: 'GET', path: '/__emulator/callbacks' });
    const [entry] = JSON.parse(list.text) as Array<Record<string, unknown>>;
    expect(entry).toMatchObject({
      requestId: response.headers['x-oss-request-id'],
      operation: 'PutObject',
      bucket: BUCKET,
      key: 'journalled',
      callback: { urls: [`${receiver.url}/j?x`], body: 'o=${object}', variables: { 'x:a': 'b' } },
      renderedBody: 'o=journalled',
      verdict: { outcome: 'answered' },
      attempts: [
        {
          requestLine: 'POST /j?x HTTP/1.1',
          stringToSign: '/j?x\no=journalled',
          connectedTo: new URL(receiver.url).host,
          reply: { status: 200, body: '{"Status":"OK"}' },
        },
      ],
    });
    expect(list.text).not.toContain('do not show');
    expect(list.text).not.toContain(CREDENTIALS.accessKeySecret);

    const first = lastCallback();
    const id = String(entry?.['id']);
    const replayed = await sendPlain(emulator.url, { method: 'POST', path: `/__emulator/callbacks/${id}/replay` });
    expect(JSON.parse(replayed.text)).toMatchObject({ replayOf: id, renderedBody: 'o=journalled' });
    expect(lastCallback()).not.toBe(first);
    expect(lastCallback().body).toEqual(first.body);
    expect(lastCallback().headers['authorization']).toBe(first.headers['authorization']);
  });
});

describe('the journal of callbacks', () => {
  it('forgets old ones when replies are large', async () => {
    await using emulator = await startTestEmulator();
    const reply = Buffer.from(JSON.stringify('x'.repeat(1_000_000)));
    await using talkative = await startReceiver((r) => r.writeHead(200, { 'content-length': reply.length }).end(reply));
    const headers = { 'x-oss-callback': encode({ callbackUrl: talkative.url, callbackBody: 'a=b' }) };
    const uploads = Array.from({ length: 20 }, (_, index) =>
      emulator.send('PUT', { key: `${index}`, headers, body: 'b' }),
    );
    expect(new Set((await Promise.all(uploads)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(emulator.journal.entries()).toHaveLength(16);
  });
});

describe('the time limit of a callback', () => {
  it('is five seconds unless told otherwise', { timeout: 15_000 }, async () => {
    await using emulator = await startTestEmulator();
    await using silent = await startReceiver(() => undefined);
    const headers = { 'x-oss-callback': encode({ callbackUrl: silent.url, callbackBody: 'a=b' }) };
    const startedAt = performance.now();
    const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect(response.element('Message')).toContain('cost:5000ms, timeout:5000ms');
    expect(performance.now() - startedAt).toBeGreaterThan(4900);
    expect(performance.now() - startedAt).toBeLessThan(6500);
  });
});
