import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.ts';
import type { RefusalReason } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const section = (heading: string): string => readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const names = (text: string): string[] =>
  [...text.matchAll(/`(\w[\w-]*)(?:\([^`]*\))?`/g)].map(([, name = '']) => name);

// The type makes the compiler complain when a reason is added and not listed here.
const reasons: Readonly<Record<RefusalReason['reason'], true>> = {
  unsigned: true,
  'header-and-query': true,
  malformed: true,
  'missing-parameter': true,
  'unsupported-version': true,
  'wrong-region': true,
  'wrong-product': true,
  'invalid-date': true,
  'invalid-expires': true,
  expired: true,
  'time-skewed': true,
  'unknown-access-key': true,
  'security-token-missing': true,
  'security-token-invalid': true,
  'signature-mismatch': true,
};

describe('README.md', () => {
  it('explains every reason of a refusal', () => {
    expect(names(section('Verify a request'))).toEqual(expect.arrayContaining(Object.keys(reasons)));
  });

  it('lists every exported function and class, and none that does not exist', () => {
    const callable = Object.entries(api).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    const listed = names(section('API'));
    expect(listed).toEqual(expect.arrayContaining(callable));
    const words = new Set(['field', 'rule', 'undefined']);
    expect(listed.filter((name) => !words.has(name) && !(name in api))).toEqual([]);
  });
});
