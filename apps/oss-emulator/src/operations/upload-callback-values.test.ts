import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';
import type { ByteRange } from '../store/object-store.ts';

const fixture = (name: string) => readFile(new URL(`../image-info/fixtures/${name}`, import.meta.url));
const FORM = 'w=${imageInfo.width}&h=${imageInfo.height}&f=${imageInfo.format}';
const JSON_BODY = '{"w":${imageInfo.width},"h":${imageInfo.height},"f":${imageInfo.format}}';

/** What goes wrong with the next reading of stored bytes. */
let trouble: 'none' | 'fails' | 'replaced' = 'none';
let reads = 0;

class TroubledStore extends MemoryObjectStore {
  override async read(bucket: string, key: string, range?: ByteRange) {
    reads += 1;
    if (trouble === 'fails') throw new RangeError('bad sector');
    const content = await super.read(bucket, key, range);
    if (content === undefined || trouble !== 'replaced') return content;
    return { object: { ...content.object, etag: 'other' }, bytes: Readable.from([Buffer.from('other')]) };
  }
}

describe('the image variables of a callback', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    emulator = await startTestEmulator({ store: new TroubledStore() });
    receiver = await startReceiver();
  });
  beforeEach(() => {
    trouble = 'none';
    reads = 0;
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const put = (body: Uint8Array | string, callbackBody: string, callbackBodyType?: string) => {
    const param = { callbackUrl: receiver.url, callbackBody, callbackBodyType };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    return emulator.send('PUT', { key: 'k', body, headers });
  };
  const lastBody = () => receiver.received.at(-1)?.body.toString();

  it.each([
    ['baseline.jpg', 'w=61&h=37&f=jpg'],
    ['rgb.png', 'w=61&h=37&f=png'],
    ['still.gif', 'w=61&h=37&f=gif'],
  ])('of %s are its size and format', async (name, expected) => {
    expect((await put(await fixture(name), FORM)).status).toBe(200);
    expect(lastBody()).toBe(expected);
  });

  it('are bare numbers and a quoted format in JSON', async () => {
    await put(await fixture('rgb.png'), JSON_BODY, 'application/json');
    expect(lastBody()).toBe('{"w":61,"h":37,"f":"png"}');
  });

  it.each([
    ['text', () => Buffer.from('no image')],
    ['nothing', () => Buffer.alloc(0)],
    ['half a PNG', async () => (await fixture('rgb.png')).subarray(0, 20)],
  ])('of %s are empty, and null in JSON', async (_case, bytes) => {
    await put(await bytes(), FORM);
    expect(lastBody()).toBe('w=&h=&f=');
    await put(await bytes(), JSON_BODY, 'application/json');
    expect(lastBody()).toBe('{"w":null,"h":null,"f":null}');
  });

  it('cost no reading when the template does not use them', async () => {
    await put(await fixture('rgb.png'), 'size=${size}');
    expect(reads).toBe(0);
  });

  it('are empty when another upload has replaced the object', async () => {
    trouble = 'replaced';
    await put(await fixture('rgb.png'), FORM);
    expect(lastBody()).toBe('w=&h=&f=');
  });

  it("make the callback fail, in OSS's words, when the object cannot be read back", async () => {
    trouble = 'fails';
    const before = receiver.received.length;
    const response = await put(await fixture('rgb.png'), FORM);
    expect([response.status, response.element('Code'), response.element('Message')]).toEqual([
      203,
      'CallbackFailed',
      'Get image info failed.',
    ]);
    expect(response.headers['etag']).toMatch(/^"[0-9A-F]{32}"$/);
    expect(receiver.received).toHaveLength(before);
    expect(emulator.log.at(-1)).toContain('bad sector');
  });
});
