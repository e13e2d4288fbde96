import { setTimeout } from 'node:timers/promises';
import { verifyCallbackSignature } from '@oss-callback/oss-callback';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver, ReceivedCallback } from '../../test/callback-receiver.ts';
import { sendPlain } from '../../test/emulator-client.ts';
import type { ClientResponse } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { faultProfiles } from './fault-profiles.ts';
import type { FaultProfile } from './fault-profiles.ts';

/** In place of OSS's five seconds. */
const TIMEOUT_MS = 400;

/** The names of the tests below, which say of each profile what both sides see. */
const TESTED: FaultProfile[] = [];
const profile = (name: FaultProfile): FaultProfile => {
  TESTED.push(name);
  return name;
};

describe('a fault of the callback', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;
  let receivedAtMs: number[];

  beforeAll(async () => {
    emulator = await startTestEmulator({ callbackTimeoutMs: TIMEOUT_MS });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());
  beforeEach(async () => {
    emulator.faults.clear();
    receivedAtMs = [];
    await receiver?.[Symbol.asyncDispose]();
    receiver = await startReceiver((response) => {
      receivedAtMs.push(performance.now());
      response.writeHead(200, { 'content-length': 2 }).end('{}');
    });
  });
  afterAll(() => receiver[Symbol.asyncDispose]());

  const upload = (key: string): Promise<ClientResponse> => {
    const param = { callbackUrl: `${receiver.url}/hook?a=%2F`, callbackBody: 'object=${object}' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    return emulator.send('PUT', { key, body: 'bytes', headers });
  };
  const timedUpload = async (key: string) => {
    const startedAtMs = performance.now();
    const response = await upload(key);
    return { response, startedAtMs, tookMs: performance.now() - startedAtMs };
  };
  const isValid = async ({ target, headers, body }: ReceivedCallback): Promise<boolean> => {
    const publicKeyUrl = `${emulator.url}/__emulator/callback_pub_key_v1.pem`;
    const { text } = await sendPlain(emulator.url, { method: 'GET', path: '/__emulator/callback_pub_key_v1.pem' });
    const signed = {
      requestTarget: target,
      body,
      authorization: headers['authorization'],
      publicKeyUrl: headers['x-oss-pub-key-url'],
    };
    return verifyCallbackSignature(signed, { publicKeys: new Map([[publicKeyUrl, text]]) }).ok;
  };
  const failed = (response: ClientResponse) => [
    response.status,
    response.element('Code'),
    response.element('EC'),
    response.headers['etag'] !== undefined,
  ];

  it(`${profile('callback-slow')}: delivered and answered just in time`, async () => {
    emulator.faults.set('callback-slow');
    const { response, startedAtMs } = await timedUpload('slow');
    expect([response.status, response.text]).toEqual([200, '{}']);
    expect(receivedAtMs[0]! - startedAtMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 100 - 5);
    expect(await isValid(receiver.received[0]!)).toBe(true);
  });

  it(`${profile('callback-too-slow')}: the uploader hears of a timeout, the receiver of the upload afterwards`, async () => {
    emulator.faults.set('callback-too-slow');
    const { response, tookMs } = await timedUpload('too-slow');
    expect(failed(response)).toEqual([203, 'CallbackFailed', '0007-00000202', true]);
    expect(response.element('Message')).toContain('reply timeout');
    expect(tookMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 5);
    expect(receiver.received).toEqual([]);
    for (let waits = 0; receiver.received.length === 0 && waits < 100; waits += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await setTimeout(20);
    }
    expect(await isValid(receiver.received[0]!)).toBe(true);
  });

  it(`${profile('callback-reset')}: half a body on one side, 203 on the other`, async () => {
    emulator.faults.set('callback-reset');
    const response = await upload('reset');
    expect(failed(response)).toEqual([203, 'CallbackFailed', '0007-00000203', true]);
    expect(response.element('Message')).toBe('Error status : 502.');
    // The receiver keeps a callback only when it has all of its body.
    expect(receiver.received).toEqual([]);
    expect(emulator.journal.entries()[0]!.attempts[0]!.connectedTo).toBe(new URL(receiver.url).host);
  });

  it.each([
    [profile('callback-500'), 'Error status : 500.'],
    [profile('callback-301'), 'Error status : 301.'],
  ])('%s: nothing arrives, and the uploader gets 203', async (name, message) => {
    emulator.faults.set(name);
    const response = await upload(name);
    expect(failed(response)).toEqual([203, 'CallbackFailed', '0007-00000203', true]);
    expect(response.element('Message')).toBe(message);
    expect(receiver.received).toEqual([]);
  });

  it(`${profile('callback-twice')}: the receiver gets it twice, the uploader one answer`, async () => {
    emulator.faults.set('callback-twice');
    const response = await upload('twice');
    expect([response.status, response.text]).toEqual([200, '{}']);
    const [first, second] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(second).toEqual(first);
    expect(await isValid(second!)).toBe(true);
    expect(emulator.journal.entries()[0]!.attempts).toHaveLength(2);
  });

  it(`${profile('callback-wrong-key')}: a receiver that verifies sees it`, async () => {
    emulator.faults.set('callback-wrong-key');
    const response = await upload('wrong-key');
    expect(response.status).toBe(200);
    expect(await isValid(receiver.received[0]!)).toBe(false);
  });

  it(`${profile('callback-stale-signature')}: the signature is the one of the callback before`, async () => {
    await upload('earlier');
    emulator.faults.set('callback-stale-signature');
    await upload('stale');
    const [earlier, stale] = receiver.received;
    expect(stale!.headers['authorization']).toBe(earlier!.headers['authorization']);
    expect([await isValid(earlier!), await isValid(stale!)]).toEqual([true, false]);
  });

  it(`${profile('callback-lost-answer')}: the receiver has answered, and the uploader hears of a timeout`, async () => {
    emulator.faults.set('callback-lost-answer');
    const { response, tookMs } = await timedUpload('lost');
    expect(failed(response)).toEqual([203, 'CallbackFailed', '0007-00000202', true]);
    expect(response.element('Message')).toContain(new URL(receiver.url).host);
    expect(tookMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 5);
    expect(await isValid(receiver.received[0]!)).toBe(true);
  });

  it('is told in the journal and in the log, and not in the entry of what was sent again', async () => {
    emulator.faults.set('callback-500');
    await upload('told');
    const [entry] = emulator.journal.entries();
    expect(entry).toMatchObject({ key: 'told', fault: 'callback-500', verdict: { outcome: 'failed' } });
    expect(emulator.log.at(-1)).toContain('fault callback-500');
    const replayed = await sendPlain(emulator.url, {
      method: 'POST',
      path: `/__emulator/callbacks/${entry!.id}/replay`,
      headers: { 'content-length': '0' },
    });
    const replay = JSON.parse(replayed.text) as Record<string, unknown>;
    expect([replay['fault'], replay['verdict']]).toEqual([undefined, { outcome: 'answered' }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('strikes the next so many uploads that it is for, in order', async () => {
    emulator.faults.set(
      { profile: 'callback-500', keyPrefix: 'a/', times: 2 },
      { profile: 'callback-301', keyPrefix: 'a/', times: 1 },
    );
    const statuses = [];
    for (const key of ['b/1', 'a/1', 'a/2', 'a/3', 'a/4']) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await upload(key);
      statuses.push(response.element('Message') ?? response.status);
    }
    expect(statuses).toEqual([200, 'Error status : 500.', 'Error status : 500.', 'Error status : 301.', 200]);
    expect(emulator.faults.list().map(({ struck }) => struck)).toEqual([2, 1]);
  });

  it('has a test for every profile', () => {
    const profiles = Object.keys(faultProfiles).filter((name) => name.startsWith('callback-'));
    expect(TESTED.toSorted()).toEqual(profiles.toSorted());
  });
});
