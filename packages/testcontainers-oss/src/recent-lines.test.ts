import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { RecentLines } from './recent-lines.ts';

describe('RecentLines', () => {
  it('keeps the last lines, in order, without blank ones', () => {
    const lines = new RecentLines(2);
    const log = new PassThrough();
    lines.consume(log);
    log.emit('data', Buffer.from('one\ntwo\r\n\n'));
    log.emit('data', 'three\n');
    expect(lines.toString()).toBe('two\nthree');
  });
});
