import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

interface RecordedRequest {
  readonly name: string;
  readonly head: readonly string[];
  readonly body: string;
}

interface Answer {
  readonly status: number;
  /** By the names on the wire: the SDK looks for `ETag` and finds no `etag`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const fixture = new URL('fixtures/android-requests.json', import.meta.url);
const { requests } = JSON.parse(await readFile(fixture, 'utf8')) as { requests: readonly RecordedRequest[] };

const KEY = '照片 +&.txt';
/** By the SDK's own `CRC64`, which compares it. */
const CRC64 = '11177612005948864433';

describe('the requests of the Android SDK, as okhttp wrote them', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    emulator = await startTestEmulator({
      // Their signatures are good for this time only.
      now: () => new Date('2026-11-24T18:31:55Z'),
      callbackRoutes: [`http://oss-demo.aliyuncs.com:23450=${receiver.url}`],
    });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  async function replay({ head, body }: RecordedRequest): Promise<Answer> {
    // sendRaw reads to the end of the connection; the header is under no signature.
    const lines = head.map((line) => line.replace(/^((?:Proxy-)?Connection): Keep-Alive$/, '$1: close'));
    const raw = await sendRaw(emulator.url, Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
    const bodyAt = raw.indexOf('\r\n\r\n');
    const [statusLine = '', ...fields] = raw.slice(0, bodyAt).split('\r\n');
    return {
      status: Number(statusLine.split(' ')[1]),
      headers: new Map(fields.map((field) => field.split(/: (.*)/s, 2) as [string, string])),
      body: raw.slice(bodyAt + 4),
    };
  }

  /** What each one has to be answered, in the order in which they were sent; `dir` is that of their signature version. */
  const expectations: Record<string, (answer: Answer, dir: string) => void> = {
    PutBucket: ({ status }) => {
      expect(status).toBe(200);
    },
    'PutObject with callback': ({ status, headers, body }, dir) => {
      expect([status, body, headers.get('Content-Type')]).toEqual([200, '{"Status":"OK"}', 'application/json']);
      expect([headers.get('ETag'), headers.get('x-oss-hash-crc64ecma')]).toEqual([
        '"5D41402ABC4B2A76B9719D911017C592"',
        CRC64,
      ]);
      expect(headers.has('x-oss-request-id')).toBe(true);
      const callback = receiver.received.at(-1);
      expect([callback?.target, callback?.headers['host']]).toEqual([
        '/callback?from=android',
        'oss-demo.aliyuncs.com',
      ]);
      expect(callback?.headers['content-type']).toBe('application/json');
      expect(JSON.parse(callback?.body.toString() ?? '')).toEqual({
        object: `${dir}/${KEY}`,
        size: 5,
        type: 'text/plain',
        who: '李 & 100%',
      });
    },
    TriggerCallback: ({ status, body }, dir) => {
      expect([status, body]).toEqual([200, '{"Status":"OK"}']);
      const callback = receiver.received.at(-1);
      const object = `${dir}/${KEY}`;
      expect(Object.fromEntries(new URLSearchParams(callback?.body.toString()))).toEqual({ object, who: '李' });
      expect(callback?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    },
    // Android's map has strings only: https://help.aliyun.com/zh/oss/the-callback-sni-is-invalid
    'PutObject with callbackSNI': ({ status, body }) => {
      expect([status, body]).toEqual([400, expect.stringContaining('<Message>The callback sni is invalid.</Message>')]);
    },
    AppendObject: ({ status, headers }) => {
      expect([status, headers.get('x-oss-next-append-position')]).toEqual([200, '3']);
      expect(headers.has('x-oss-hash-crc64ecma')).toBe(true);
    },
    CopyObject: ({ status, headers, body }) => {
      expect([status, headers.get('Content-Type')]).toEqual([200, 'application/xml']);
      expect(body).toContain('<LastModified>2026-11-24T18:31:55.000Z</LastModified>');
    },
    HeadObject: ({ status, headers, body }) => {
      expect([status, headers.get('Content-Length'), body]).toEqual([200, '5', '']);
      expect([headers.get('x-oss-meta-name'), headers.get('Last-Modified')]).toEqual([
        'v',
        'Tue, 24 Nov 2026 18:31:55 GMT',
      ]);
    },
    'GetObject range': ({ status, headers, body }) => {
      expect([status, headers.get('Content-Range'), body]).toEqual([206, 'bytes 1-3/5', 'ell']);
    },
    GetObject: ({ status, headers, body }) => {
      expect([status, headers.get('Content-Encoding'), body]).toEqual([200, undefined, 'hello']);
      expect(headers.get('x-oss-hash-crc64ecma')).toBe(CRC64);
    },
    PutObjectTagging: ({ status }) => {
      expect(status).toBe(200);
    },
    PutSymlink: ({ status }) => {
      expect(status).toBe(200);
    },
    ListObjects: ({ status, body }, dir) => {
      const keys = [...body.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => decodeURIComponent(key));
      expect(status).toBe(200);
      expect(keys.toSorted()).toEqual(
        [`${dir}/appended`, `${dir}/link`, `${dir}/副本.txt`, `${dir}/${KEY}`].toSorted(),
      );
    },
    'presigned PutObject': ({ status }) => {
      expect(status).toBe(200);
    },
    'presigned GetObject': ({ status, body }) => {
      expect([status, body]).toEqual([200, 'presigned']);
    },
    DeleteMultipleObjects: ({ status, body }, dir) => {
      const keys = [...body.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
      expect([status, keys]).toEqual([200, [`${dir}/appended`, `${dir}/none &lt;&amp;&gt;`]]);
    },
    'PutObject by HTTP proxy': ({ status }) => {
      expect(status).toBe(200);
    },
    'ListBuckets by HTTP proxy': ({ status, body }) => {
      expect([status, body]).toEqual([200, expect.stringContaining('<Name>android-recorded</Name>')]);
    },
  };

  it.each(requests)('$name', async (request) => {
    const [version = '', operation = ''] = request.name.split(/ (.*)/s, 2);
    const check = expectations[operation];
    expect(check).toBeDefined();
    check?.(await replay(request), version.toLowerCase());
  });

  it('are none of somebody who changes them', async () => {
    const put = requests.find(({ name }) => name === 'V1 PutObject with callback');
    const head = put?.head.map((line) => line.replace('x-oss-meta-Name: v', 'x-oss-meta-Name: w')) ?? [];
    const { status, body } = await replay({ name: '', head, body: put?.body ?? '' });
    expect([status, body]).toEqual([403, expect.stringContaining('<Code>SignatureDoesNotMatch</Code>')]);
  });
});
