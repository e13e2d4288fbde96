import { readFileSync } from 'node:fs';

/** A program of the README; its first line is its file name. */
export interface Snippet {
  readonly fileName: string;
  readonly code: string;
  /** Lines that are neither empty, nor a comment, nor part of an import. */
  readonly lines: number;
}

const SNIPPET = /^```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)^```/gm;
const IMPORT = /^import [\s\S]*?;\n/gm;

/** The programs in the README, in its order. */
export function readmeSnippets(): readonly Snippet[] {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  return [...readme.matchAll(SNIPPET)].map(([, fileName = '', code = '']) => {
    const own = code.replaceAll(IMPORT, '').split('\n');
    return { fileName, code, lines: own.filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length };
  });
}
