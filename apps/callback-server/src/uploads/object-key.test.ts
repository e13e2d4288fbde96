import { describe, expect, it } from 'vitest';
import { newObjectKey } from './object-key.ts';

const now = new Date('2026-03-31T23:59:59Z');

describe('newObjectKey', () => {
  it.each([
    { filename: 'cat.png', contentType: 'image/png', extension: '.png' },
    { filename: 'cat.exe', contentType: 'image/png', extension: '.png' },
    { filename: 'notes', contentType: 'text/plain; charset=utf-8', extension: '.txt' },
    { filename: 'model.GLB', contentType: 'model/gltf-binary', extension: '.glb' },
    { filename: 'archive.tar.xz', contentType: 'application/x-xz', extension: '.xz' },
    { filename: '../../etc/passwd', contentType: 'application/octet-stream', extension: '' },
    { filename: 'a.b/c', contentType: 'application/octet-stream', extension: '' },
    { filename: 'a.猫', contentType: 'application/octet-stream', extension: '' },
    { filename: 'a.p+g', contentType: 'application/octet-stream', extension: '' },
    { filename: 'a.elevenchars', contentType: 'application/octet-stream', extension: '' },
    { filename: 'a', contentType: '__proto__', extension: '' },
  ])('gives $filename of type $contentType the extension "$extension" and nothing else', (upload) => {
    const key = newObjectKey(upload, now);
    expect(key).toMatch(/^uploads\/2026\/03\/[0-9a-f]{32}(?:\.[a-z0-9]+)?$/);
    expect(key.slice('uploads/2026/03/'.length + 32)).toBe(upload.extension);
  });

  it('never gives the same key twice', () => {
    const keys = Array.from({ length: 1_000 }, () => newObjectKey({ filename: 'a', contentType: 'image/png' }, now));
    expect(new Set(keys).size).toBe(1_000);
  });
});
