import type { PostForm } from './post-form.ts';

/** What people put into forms because requests have it, and where it belongs. OSS does not read it there. */
const MISPLACED: ReadonlyMap<string, string> = new Map([
  ['callback-var', 'each custom variable is a field of its own, x:name'],
  ['x-oss-callback', 'the field is called callback'],
  ['x-oss-callback-var', 'each custom variable is a field of its own, x:name'],
  ['x-oss-tagging', 'forms cannot set tags'],
]);

/**
 * What the sender of a form has surely meant otherwise, a sentence each, for the log.
 * @param form whose file has been read to its end: what comes behind it is known only then
 */
export function findFormWarnings({ fields, file }: PostForm): readonly string[] {
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  const warnings = [...MISPLACED]
    .filter(([name]) => names.has(name))
    .map(([name, hint]) => `the field ${name} is ignored: ${hint}`);
  const late = file.dropped.join(', ');
  return late === '' ? warnings : [...warnings, `fields behind the file are ignored, put them before it: ${late}`];
}
