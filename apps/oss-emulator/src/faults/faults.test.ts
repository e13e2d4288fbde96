import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { parseFault } from './fault-rules.ts';
import { createFaults } from './faults.ts';
import type { Fault } from './faults.ts';

describe('faults', () => {
  it.each([
    [{}, 'profile must be the name of a fault profile'],
    [{ profile: 'callback-400' }, 'unknown fault profile callback-400; did you mean callback-500?'],
    [{ profile: 'constructor' }, 'unknown fault profile constructor'],
    [{ profile: 'store-full', prefix: 'a' }, 'a fault must not have prefix; did you mean'],
    [{ profile: 'store-full', bucket: '' }, 'bucket must be a text of 1 to 1024 characters'],
    [{ profile: 'store-full', keyPrefix: 1 }, 'keyPrefix must be a text'],
    [{ profile: 'store-full', operation: 'a'.repeat(1025) }, 'operation must be a text'],
    [{ profile: 'store-full', times: 0 }, 'times must be a whole number from 1 to 1000000'],
    [{ profile: 'store-full', times: 1.5 }, 'times must be a whole number'],
    [
      { profile: 'store-full', delayMs: 5 },
      'delayMs must be a whole number from 0 to 600000, and is for store-slow only',
    ],
    [{ profile: 'store-slow', delayMs: 600_001 }, 'delayMs must be'],
    [null, 'a fault must be an object with a profile'],
    [['store-full'], 'a fault must be an object with a profile'],
  ])('%j are refused, and those in force stay', (fault, message) => {
    const faults = createFaults();
    faults.set('store-full');
    expect(() => faults.set('store-failing', fault as unknown as Fault)).toThrow(message);
    expect(faults.list()).toEqual([{ profile: 'store-full', struck: 0 }]);
  });

  it('are read from the command line', () => {
    expect(parseFault('callback-500')).toEqual({ profile: 'callback-500' });
    expect(parseFault('callback-500:3')).toEqual({ profile: 'callback-500', times: 3 });
    expect(() => parseFault('callback-500:')).toThrow('must be the name of a fault profile, or NAME:TIMES');
    expect(() => parseFault('callback-500:1:2')).toThrow('must be the name of a fault profile, or NAME:TIMES');
    expect(() => parseFault('callback-50')).toThrow('did you mean callback-500?');
  });
});

describe('faults by the control API', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ faults: [{ profile: 'store-slow', delayMs: 0, times: 1 }] });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const control = async (method: string, body = '', path = '/__emulator/faults') => {
    const headers = { 'content-length': String(Buffer.byteLength(body)) };
    const { status, text } = await sendPlain(emulator.url, { method, path, headers, body: Buffer.from(body) });
    return { status, json: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) };
  };

  it('begin with those of the options, and say what there is', async () => {
    const { json } = await control('GET');
    expect(json).toMatchObject({
      faults: [{ profile: 'store-slow', delayMs: 0, times: 1, struck: 1 }],
      profiles: { 'callback-500': expect.stringContaining('500') },
    });
  });

  it('are set, strike and are cleared', async () => {
    expect(await control('PUT', '{"profile":"store-failing","times":1}')).toEqual({
      status: 200,
      json: { faults: [{ profile: 'store-failing', times: 1, struck: 0 }] },
    });
    expect((await emulator.send('GET')).status).toBe(500);
    expect((await emulator.send('GET')).status).toBe(200);
    expect((await control('PUT', '["store-failing", {"profile":"callback-500"}]')).status).toBe(200);
    expect((await emulator.send('GET')).status).toBe(500);
    expect((await control('DELETE')).status).toBe(204);
    expect((await emulator.send('GET')).status).toBe(200);
    expect((await control('GET')).json).toMatchObject({ faults: [] });
  });

  it.each([
    ['nonsense', 'The body must be JSON'],
    ['', 'The body must be JSON'],
    ['{"profile":"callback-5000"}', 'did you mean callback-500?'],
    [JSON.stringify(Array.from({ length: 101 }, () => 'store-full')), 'There may be 100 faults at most.'],
  ])('%s is refused with the rule', async (body, message) => {
    const { status, json } = await control('PUT', body);
    expect([status, json]).toEqual([400, { error: expect.stringContaining(message) }]);
  });

  it('end with a reset', async () => {
    await control('PUT', '"store-failing"');
    expect((await control('POST', '', '/__emulator/reset')).status).toBe(204);
    expect(emulator.faults.list()).toEqual([]);
  });
});
