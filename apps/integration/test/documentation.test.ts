import { readFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const pages = (
  await Array.fromAsync(glob('**/*.md', { cwd: ROOT, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) }))
).sort();

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
});
