import { beforeEach, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('image styles of a bucket', () => {
  let emulator: TestEmulator;
  let now = new Date('2026-11-22T11:43:45Z');

  beforeEach(async () => {
    now = new Date('2026-11-22T11:43:45Z');
    emulator = await startTestEmulator({ now: () => now });
    return () => emulator[Symbol.asyncDispose]();
  });

  const put = (styleName: string, content: string, query: Record<string, string> = {}) =>
    emulator.send('PUT', {
      query: { style: '', styleName, ...query },
      body: `<Style><Content>${content}</Content></Style>`,
    });
  const get = (styleName: string) => emulator.send('GET', { query: { style: '', styleName } });
  const list = () => emulator.send('GET', { query: { style: '' } });

  it('keep the time at which they were made when they are put again', async () => {
    expect((await put('small', 'image/resize,p_50')).status).toBe(200);
    now = new Date('2026-11-22T12:00:00Z');
    await put('small', 'image/resize,p_20', { category: 'video' });
    const got = await get('small');
    expect(['Name', 'Content', 'Category', 'CreateTime', 'LastModifyTime'].map(got.element)).toEqual([
      'small',
      'image/resize,p_20',
      'video',
      'Sun, 22 Nov 2026 11:43:45 GMT',
      'Sun, 22 Nov 2026 12:00:00 GMT',
    ]);
  });

  it('are listed, none at first and none after the last was deleted', async () => {
    expect((await list()).text).toMatch(/<StyleList>\s*<\/StyleList>/);
    await put('a', 'image/resize,p_50');
    await put('b', 'image/resize,p_60');
    const names = [...(await list()).text.matchAll(/<Name>(.*?)<\/Name>/g)].map(([, name]) => name);
    expect(names).toEqual(['a', 'b']);
    for (const styleName of ['a', 'b', 'a']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('DELETE', { query: { style: '', styleName } })).status).toBe(204);
    }
    expect((await list()).text).toMatch(/<StyleList>\s*<\/StyleList>/);
    const gone = await get('a');
    expect([gone.status, gone.element('Code'), gone.element('Message')]).toEqual([
      404,
      'NoSuchStyle',
      'No Such Image Style.',
    ]);
  });

  it('have a name of at most 63 characters, and a content', async () => {
    expect((await put('n'.repeat(64), 'image/resize,p_50')).element('Code')).toBe('InvalidArgument');
    expect((await put('a/b', 'image/resize,p_50')).element('Code')).toBe('InvalidArgument');
    const empty = await emulator.send('PUT', { query: { style: '', styleName: 's' }, body: '<Style/>' });
    expect(empty.element('Code')).toBe('MalformedXML');
  });

  it('are at most a hundred', { timeout: 60_000 }, async () => {
    for (let index = 0; index < 100; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await put(`s${index}`, 'image/resize,p_50')).status).toBe(200);
    }
    expect((await put('s100', 'image/resize,p_50')).element('Code')).toBe('InvalidArgument');
    expect((await put('s99', 'image/resize,p_10')).status).toBe(200);
  });
});
