import { describe, expect, it } from 'vitest';
import { newVersionId, uuidOf, versionIdOf } from './version-id.ts';

describe('version ids', () => {
  const uuid = '49cd2277-4fd8-4e15-93ed-ce71db4dab01';

  it('look as OSS has them, and are never the same twice', () => {
    const ids = Array.from({ length: 100 }, newVersionId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^CAEQNRiBg[A-Za-z0-9]{55}$/);
  });

  it('give back the UUID that they are made of', () => {
    expect(versionIdOf(uuid)).toBe('CAEQNRiBgMClj7qD0BYiIDQ5Y2QyMjc3NGZkODRlMTU5M2VkY2U3MWRiNGRhYjAx');
    expect(uuidOf(versionIdOf(uuid))).toBe(uuid);
  });

  it.each([
    '',
    'null',
    uuid,
    'IllegalVersion',
    versionIdOf(uuid).slice(0, -1),
    `${versionIdOf(uuid)}AAAA`,
    versionIdOf(uuid).replace('Q', 'R'),
    versionIdOf(uuid).toLowerCase(),
  ])('are told from %j', (text) => {
    expect(uuidOf(text)).toBeUndefined();
  });
});
