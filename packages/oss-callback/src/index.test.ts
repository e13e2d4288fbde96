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
