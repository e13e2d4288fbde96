import { describe, expect, it } from 'vitest';

import { callbackConfigErrors, callbackFailures, callbackLintRules, callbackVariables } from './index.ts';

const tables: Readonly<Record<string, Readonly<Record<string, { readonly doc: string }>>>> = {
  callbackConfigErrors,
  callbackFailures,
  callbackLintRules,
  callbackVariables: Object.fromEntries(callbackVariables.map((row) => [row.name, row])),
};

describe.each(Object.entries(tables))('%s', (_name, table) => {
  it('is plain data: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(table))).toStrictEqual(table);
  });

  it('links each row to the page or issue that it comes from', () => {
    for (const { doc } of Object.values(table)) {
      expect(doc).toMatch(/^https:\/\/(?:www\.alibabacloud\.com|help\.aliyun\.com|github\.com)\//);
    }
  });
});
