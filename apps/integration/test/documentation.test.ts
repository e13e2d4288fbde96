import { readFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { glob } from 'node:fs/promises';
import {
  callbackConfigErrors,
  callbackFailure,
  callbackFailures,
  callbackLintRules,
  callbackVariables,
} from '@oss-callback/oss-callback';
import type {
  CallbackConfigErrorRow,
  CallbackFailureReason,
  CallbackFailureRow,
  CallbackLintRow,
} from '@oss-callback/oss-callback';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const pages = (
  await Array.fromAsync(glob('**/*.md', { cwd: ROOT, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) }))
).sort();

/** An asterisk behind what no source gives. */
function marked(row: CallbackConfigErrorRow | CallbackFailureRow, column: 'ec' | 'message', text: string): string {
  return text !== '' && row.assumed?.some((name) => name === column) ? `${text}*` : text;
}

/** The message of one failure, as OSS words it. */
function shown(reason: string): string {
  return callbackFailure(reason as CallbackFailureReason, { status: 500, address: '192.0.2.1:80' }).message;
}

interface Link {
  readonly text: string;
  readonly target: string;
}

function linksIn(page: string): Link[] {
  const prose = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, text, target]) => ({
    text: text!,
    target: target!,
  }));
}

/** As GitHub makes anchors of headings. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(join(ROOT, page), 'utf8').matchAll(/^#+ +(.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('documentation', () => {
  it.each(pages)('%s links to files and headings that exist', (page) => {
    const broken = linksIn(page).filter(({ target }) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path, anchor] = target.split('#') as [string, string?];
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), decodeURIComponent(path)));
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(['oss-signing', 'oss-callback', 'nestjs-oss-callback', 'testcontainers-oss'])(
    'the README of %s names every value that the package exports',
    (name) => {
      const index = readFileSync(join(ROOT, 'packages', name, 'src/index.ts'), 'utf8');
      const lists = [...index.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list!.split(','));
      const values = lists.map((item) => item.trim()).filter((item) => item !== '' && !item.startsWith('type '));
      expect(values.length).toBeGreaterThan(1);
      const readme = readFileSync(join(ROOT, 'packages', name, 'README.md'), 'utf8');
      expect(values.filter((value) => !new RegExp(`\\b${value}\\b`).test(readme))).toEqual([]);
    },
  );

  it('the upload, step by step, has twelve hops and each names what its file exports', () => {
    const page = 'docs/an-upload-step-by-step.md';
    const text = readFileSync(join(ROOT, page), 'utf8');
    expect([...text.matchAll(/^## (\d+)\. /gm)].map(([, hop]) => Number(hop))).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );

    // A hop points with [`name`](file.ts): the name has to be defined in that very file.
    const pointers = linksIn(page).filter(({ text: label, target }) => label.startsWith('`') && target.endsWith('.ts'));
    expect(pointers.length).toBeGreaterThanOrEqual(12);
    const moved = pointers.filter(({ text: label, target }) => {
      const file = join(ROOT, 'docs', target);
      const name = label.replaceAll(/[`()]/g, '');
      const definition = new RegExp(
        `(?:function\\*?|const|class|interface|type)\\s+${name}\\b|^\\s+(?:async |readonly )?${name}\\(`,
        'm',
      );
      return !existsSync(file) || !statSync(file).isFile() || !definition.test(readFileSync(file, 'utf8'));
    });
    expect(moved).toEqual([]);
  });

  // Printed from the tables of the callback package; after a change there: `npx vitest run -u` in this workspace.
  it('docs/callback-variables.md lists every variable', async () => {
    const page = [
      '# Callback variables',
      '',
      'Printed from `packages/oss-callback/src/callback-variables.ts`. In a JSON body OSS writes strings with their quotes and numbers',
      'bare, so the template has neither; in a form body every value is percent-encoded. Custom variables (`x:name`) are strings.',
      '',
      '| variable | kind | meaning | absent, in JSON |',
      '| --- | --- | --- | --- |',
      ...callbackVariables.map(
        (row) => `| \`\${${row.name}}\` | ${row.kind} | ${row.meaning} | \`${row.absentInJson}\` (assumed) |`,
      ),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/callback-variables.md');
  });

  it('docs/callback-lint.md lists every rule of the linter', async () => {
    const answers = (row: CallbackLintRow) =>
      row.answer.status === 200 ? row.effect : `${row.effect}: ${row.answer.status} ${row.answer.ec}`.trim();
    const page = [
      '# What the linter finds in a callback',
      '',
      'Printed from `callbackLintRules` of `packages/oss-callback`. `lintCallback` takes a callback parameter in any spelling. An',
      '`error` cannot work on real OSS; with a `warning` OSS calls, and what comes of it surprises. What becomes of it:',
      '`refused` (nothing is stored), `fails` (stored, not called), `unreadable` (the body is not what its type says), `differs`',
      '(something else arrives), `depends` (on what is not documented, or on the receiver), `advice`. An asterisk marks an assumption.',
      '',
      '| rule | severity | on real OSS | what is wrong | what to do | documentation |',
      '| --- | --- | --- | --- | --- | --- |',
      ...Object.entries<CallbackLintRow>(callbackLintRules).map(
        ([rule, row]) =>
          `| ${rule} | ${row.severity} | ${answers(row)}${row.assumed === true ? '*' : ''} | ${row.problem}; ${row.consequence} | ${row.fix} | [page](${row.doc}) |`,
      ),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/callback-lint.md');
  });

  it('docs/callback-errors.md lists what is refused before and what fails after the object is stored', async () => {
    const page = [
      '# What can go wrong with a callback',
      '',
      'Printed from the tables of `packages/oss-callback`. An EC or a text marked * is an assumption.',
      '',
      '## Before anything is stored: `400 InvalidArgument`',
      '',
      '| EC | message |',
      '| --- | --- |',
      ...Object.values<CallbackConfigErrorRow>(callbackConfigErrors).map(
        (row) => `| ${marked(row, 'ec', row.ec)} | ${marked(row, 'message', row.message)} |`,
      ),
      '',
      '## After the object is stored: `203 CallbackFailed`',
      '',
      '| reason | EC | message |',
      '| --- | --- | --- |',
      ...Object.entries<CallbackFailureRow>(callbackFailures).map(
        ([reason, row]) => `| ${reason} | ${marked(row, 'ec', row.ec)} | ${marked(row, 'message', shown(reason))} |`,
      ),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/callback-errors.md');
  });
});
