import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import OSS from 'ali-oss';
import {
  buildCallback,
  type BuiltCallback,
  type CallbackBodyFields,
  customVariable,
  formBody,
  jsonBody,
  parseCallbackBody,
  systemVariable,
} from '@oss-callback/oss-callback';
import { type Emulator, startEmulator } from '@oss-callback/oss-emulator';
import { objectUrl, presignUrl, signPostForm, signRequest } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BUCKET = 'built-callbacks';
const KEY = '落日 "1" & ${object} %2F +.txt';
const BYTES = Buffer.from('123456789');
const region = 'cn-hangzhou';
const credentials = { accessKeyId: 'builder-id', accessKeySecret: 'builder-secret' };

// No line break: FormData, as browsers do, turns each into CRLF, and the policy fixes the value.
const HOSTILE = '"} ${size} $(bucket) {object} %24%7Betag%7D\t\\ & = + % 中🙂';
const fields: CallbackBodyFields = {
  bucket: systemVariable('bucket'),
  object: systemVariable('object'),
  size: systemVariable('size'),
  crc64: systemVariable('crc64'),
  operation: systemVariable('operation'),
  title: customVariable('title', HOSTILE),
  fixed: HOSTILE,
};

type Upload = (built: BuiltCallback, url: string) => Promise<number | undefined>;

const now = (): Date => new Date();
const address = (endpoint: string) => ({ endpoint, addressing: 'path', bucket: BUCKET, key: KEY }) as const;
const aliOss = (endpoint: string, authorizationV4: boolean) =>
  new OSS({ endpoint, region: `oss-${region}`, bucket: BUCKET, ...credentials, authorizationV4 });

const uploads: ReadonlyArray<readonly [string, string, Upload]> = [
  [
    'headers',
    'PutObject',
    async ({ headers }, endpoint) => {
      const request = { method: 'PUT', bucket: BUCKET, key: KEY, headers };
      const signed = signRequest(request, { version: 'V4', credentials, region, now: now() });
      return (await fetch(objectUrl(address(endpoint)), { method: 'PUT', headers: signed.headers, body: BYTES }))
        .status;
    },
  ],
  [
    'query',
    'PutObject',
    async ({ query }, endpoint) => {
      const options = { ...address(endpoint), method: 'PUT', query, credentials, region, expiresIn: 60, now: now() };
      return (await fetch(presignUrl(options).url, { method: 'PUT', body: BYTES })).status;
    },
  ],
  [
    'form fields',
    'PostObject',
    async ({ formFields: { callback, ...variables } }, endpoint) => {
      const expiration = new Date(Date.now() + 60_000);
      const signed = signPostForm({
        credentials,
        region,
        now: now(),
        expiration,
        bucket: BUCKET,
        callback,
        fields: variables,
        key: KEY.replace('${object}', 'x'),
      });
      const form = new FormData();
      for (const [name, value] of Object.entries(signed.fields)) form.set(name, value);
      form.set('file', new Blob([BYTES]), 'a.txt');
      return (await fetch(objectUrl({ endpoint, addressing: 'path', bucket: BUCKET }), { method: 'POST', body: form }))
        .status;
    },
  ],
  ...([true, false] as const).map((isV4): readonly [string, string, Upload] => [
    `ali-oss with ${isV4 ? 'V4' : 'V1'}`,
    'PutObject',
    async (built, endpoint) => {
      const callback = built.aliOss() as OSS.ObjectCallback;
      return (await aliOss(endpoint, isV4).put(KEY, BYTES, { callback })).res.status;
    },
  ]),
];

describe.each([
  ['JSON', jsonBody],
  ['form', formBody],
] as const)('a built callback with a %s body', (_type, body) => {
  let emulator: Emulator;
  let receiver: Server;
  const received: { readonly contentType: string | undefined; readonly body: Buffer }[] = [];
  let url = '';

  beforeAll(async () => {
    emulator = await startEmulator({ buckets: [BUCKET], region, credentials });
    receiver = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        received.push({ contentType: request.headers['content-type'], body: await buffer(request) });
        response.setHeader('content-type', 'application/json');
        response.end('{"ok":true}');
      };
      void answer();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/oss/callback`;
  });
  afterAll(async () => {
    await emulator.close();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it.each(uploads)('arrives as it was meant, carried by %s', async (_carrier, operation, upload) => {
    received.length = 0;
    const built = buildCallback({ url, body: body(fields), allowPrivateUrls: true });
    expect(await upload(built, emulator.url)).toBe(200);
    const parsed = parseCallbackBody(received[0]?.contentType, received[0]?.body ?? Buffer.alloc(0));
    const text = parsed.ok
      ? Object.entries(parsed.fields).map(([name, value]) => [name, String(value)])
      : parsed.reason;
    expect(text).toEqual([
      ['bucket', BUCKET],
      ['object', operation === 'PostObject' ? KEY.replace('${object}', 'x') : KEY],
      ['size', '9'],
      ['crc64', '11051210869376104954'],
      ['operation', operation],
      ['title', HOSTILE],
      ['fixed', HOSTILE],
    ]);
    const [entry] = emulator.journal.entries();
    expect(entry?.warnings.map(({ rule }) => rule)).toEqual(['private-address']);
  });
});
