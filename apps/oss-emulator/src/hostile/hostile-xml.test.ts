import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { operations } from '../operations.ts';

const EXPANDED = 'laughter';

/** Ten levels of ten: 10^10 times the word. */
const levels = Array.from({ length: 10 }, (_, level) => {
  const value = level === 0 ? EXPANDED : `&e${level - 1};`.repeat(10);
  return `<!ENTITY e${level} "${value}">`;
});

const BOMBS: Readonly<Record<string, string | Buffer>> = {
  'a billion laughs': `<!DOCTYPE x [${levels.join('')}]><x>&e9;</x>`,
  'one large entity many times': `<!DOCTYPE x [<!ENTITY e "${'a'.repeat(50_000)}">]><x>${'&e;'.repeat(5000)}</x>`,
  'an external entity': '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  'an external document type': '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
  'fifty thousand levels': '<a>'.repeat(50_000) + '</a>'.repeat(50_000),
  'a hundred thousand attributes': `<x ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
  'a name of a megabyte': `<${'a'.repeat(1024 * 1024)}/>`,
  'names of prototypes': '<__proto__><constructor>1</constructor><toString/></__proto__>',
  'UTF-16': Buffer.from('\uFEFF<x/>', 'utf16le'),
  'what does not end': `<x><![CDATA[${'a'.repeat(100_000)}`,
  'twenty megabytes': Buffer.alloc(20 * 1024 * 1024, '<'),
};

/** Take any bytes as the content of an object, or of a form. */
const TAKES_BYTES = new Set(['PutObject', 'UploadPart', 'AppendObject']);

const reading = operations.filter(
  ({ method, handle, name }) =>
    (method === 'PUT' || method === 'POST') && handle !== undefined && !TAKES_BYTES.has(name),
);

describe('an operation that reads a body', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'k', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each(reading.map((operation) => [operation.name, operation] as const))(
    '%s answers bombs with a refusal, or looks at none of them, and stays small',
    async (_name, { method, resource, subresource = '', when }) => {
      const names = subresource === '' ? [] : subresource.split('&');
      const condition = when !== undefined && 'parameter' in when ? { [when.parameter]: when.value } : {};
      const query = { ...Object.fromEntries(names.map((name) => [name, ''])), ...condition };
      const headers = when !== undefined && 'header' in when ? { [when.header]: '/b/k' } : {};
      const startBytes = process.memoryUsage.rss();
      for (const [bomb, body] of Object.entries(BOMBS)) {
        const bucket = resource === 'service' ? { bucket: '' } : {};
        const key = resource === 'object' ? { key: 'k' } : {};
        const startedAt = performance.now();
        // oxlint-disable-next-line no-await-in-loop -- one bomb at a time
        const response = await emulator.send(method, { ...bucket, ...key, query, headers, body });
        expect([bomb, response.status === 500]).toEqual([bomb, false]);
        expect(response.text).not.toMatch(/root:|laughterlaughter/);
        expect(performance.now() - startedAt).toBeLessThan(5000);
      }
      expect(process.memoryUsage.rss() - startBytes).toBeLessThan(400 * 1024 * 1024);
      expect((await emulator.send('GET', { bucket: '' })).status).toBe(200);
    },
  );

  it('is found by the table: there are some', () => {
    expect(reading.map(({ name }) => name)).toContain('DeleteMultipleObjects');
    expect(reading.map(({ name }) => name)).toContain('CompleteMultipartUpload');
  });
});
