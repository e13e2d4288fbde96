import { setTimeout } from 'node:timers/promises';
import type { CallbackJournalEntry } from '@oss-callback/oss-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUpload, requestGrant } from '../src/grants.ts';
import { ossRequest } from '../src/oss-request.ts';
import { startSystem } from '../src/start-system.ts';
import type { System } from '../src/start-system.ts';

const BYTES = Buffer.from('bytes of an upload that something happens to');
const WISH = { filename: 'note.txt', contentType: 'text/plain', sizeBytes: BYTES.length };

/** Profile, what the uploader gets, what the callback server has recorded, and whether the object is there. */
const FAULTS = [
  ['callback-too-slow', 203, 'uploaded', true],
  ['callback-reset', 203, 'issued', true],
  ['callback-500', 203, 'issued', true],
  ['callback-301', 203, 'issued', true],
  ['callback-twice', 200, 'uploaded', true],
  ['callback-wrong-key', 203, 'issued', true],
  ['callback-stale-signature', 203, 'issued', true],
  ['callback-lost-answer', 203, 'uploaded', true],
  ['store-slow', 200, 'uploaded', true],
  ['store-failing', 500, 'issued', false],
  ['store-unavailable', 503, 'issued', false],
  ['store-full', 500, 'issued', false],
  ['store-lost-answer', 'no answer', 'uploaded', true],
] as const;

/** The callback server of this repository, from the receiving side of every fault. */
describe('an upload that a fault strikes', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ callbackTimeoutMs: 1000 });
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const control = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${system.emulatorUrl}/__emulator/${path}`, init);
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  const upload = async (profile: string | undefined) => {
    const grant = await requestGrant(system, WISH);
    await control('PUT', 'faults', profile === undefined ? [] : { profile, operation: 'PutObject', times: 1 });
    const status = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: BYTES }).then(
      (response) => response.status,
      () => 'no answer',
    );
    return { grant, status };
  };
  /** The record, once it is as it should be, or as it stays. */
  const settledState = async (id: string, wanted: string) => {
    for (let tries = 0; tries < 20; tries += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { state } = await readUpload(system, id);
      if (state === wanted && tries > 2) return state;
      // oxlint-disable-next-line no-await-in-loop
      await setTimeout(50);
    }
    return (await readUpload(system, id))['state'];
  };

  const outcomeOf = async (profile: string, wantedState: string) => {
    // For the signature of a callback before this one.
    expect((await upload(undefined)).status).toBe(200);
    const { status, grant } = await upload(profile);
    const state = await settledState(grant.id, wantedState);
    const isThere = await ossRequest(system, { method: 'GET', key: grant.objectKey }).then(
      () => true,
      () => false,
    );
    expect((await upload(undefined)).status).toBe(200);
    return { status, state, isThere };
  };

  it.each(FAULTS)('%s: the uploader gets %s, the record says %s', async (profile, status, state, isThere) => {
    expect(await outcomeOf(profile, state)).toEqual({ status, state, isThere });
  });

  // It leaves the callback server a tenth of a second, which a busy machine may want for something else.
  it('callback-slow: the uploader gets 200, the record says uploaded', { retry: 3 }, async () => {
    expect(await outcomeOf('callback-slow', 'uploaded')).toEqual({ status: 200, state: 'uploaded', isThere: true });
  });

  it('callback-twice is recorded once, and both deliveries get the same answer', async () => {
    const { grant } = await upload('callback-twice');
    const [entry] = await control<CallbackJournalEntry[]>('GET', 'callbacks');
    expect(entry).toMatchObject({ key: grant.objectKey, fault: 'callback-twice' });
    const [first, second] = entry!.attempts.map(({ reply }) => [reply?.status, reply?.body]);
    expect(second).toEqual(first);
    expect(first![0]).toBe(200);
  });

  it('callback-wrong-key and callback-stale-signature are refused for their signature', async () => {
    for (const profile of ['callback-wrong-key', 'callback-stale-signature']) {
      // oxlint-disable-next-line no-await-in-loop
      await upload(profile);
      // oxlint-disable-next-line no-await-in-loop
      const [entry] = await control<CallbackJournalEntry[]>('GET', 'callbacks');
      expect(entry!.attempts[0]!.reply?.status).toBe(401);
    }
  });
});
