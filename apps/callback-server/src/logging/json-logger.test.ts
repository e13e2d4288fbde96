import { describe, expect, it } from 'vitest';
import { JsonLogger } from './json-logger.ts';

describe('JsonLogger', () => {
  it('writes one line of JSON, whatever the message holds', () => {
    const lines: string[] = [];
    const logger = new JsonLogger((line) => lines.push(line));
    logger.warn('refused\n{"level":"info"}', 'OssCallback');
    logger.error('failed', 'Error: why\n    at there', 'Api');
    logger.log('mapped a route', 'RouterExplorer');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      context: 'OssCallback',
      message: 'refused\n{"level":"info"}',
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      level: 'error',
      context: 'Api',
      stack: 'Error: why\n    at there',
    });
  });
});
