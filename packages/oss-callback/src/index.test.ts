import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import * as api from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it.each(Object.keys(api).filter((name) => name !== 'callbackBodyTypes' && !name.endsWith('Error')))(
    'says what %s is for',
    (name) => {
      expect(readme).toContain(`\`${name}\``);
    },
  );
});

describe('package', () => {
  it('lets others import its vectors', () => {
    const url = import.meta.resolve('@oss-callback/oss-callback/vectors/callback-signature.json');
    expect(JSON.parse(readFileSync(new URL(url), 'utf8'))).toHaveProperty('vectors');
  });
});
