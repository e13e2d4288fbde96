import { randomUUID } from 'node:crypto';
import type { BucketRecord } from '../store/object-store.ts';
import { OssError } from '../oss-error.ts';
import { matchPrincipals } from '../ram/match-principals.ts';
import { bucketSetting } from './bucket-setting.ts';
import { childrenNamed, descend, textAt, textsNamed } from './configuration-node.ts';
import { anyText, group, many, oneOf, required, word } from './element-rules.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';
import { takenForPutBucket } from './taken-for-put-bucket.ts';

const MAX_RULES = 100;
const MAX_AFFIX_CHARACTERS = 1023;

/**
 * Which objects must not be overwritten. Sources: putbucketoverwriteconfig; the code of its absence is in tests of the
 * Kotlin SDK and in the Terraform provider.
 */
export const overwriteConfiguration: StoredConfiguration = {
  setting: 'overwriteConfig',
  root: 'OverwriteConfiguration',
  content: {
    Rule: required(
      many(
        group({
          ID: word,
          Action: required(oneOf('forbid')),
          Prefix: anyText,
          Suffix: anyText,
          Principals: group({ Principal: many(word) }),
        }),
        MAX_RULES,
      ),
    ),
  },
  check: (document) => {
    const rules = childrenNamed(document, 'Rule');
    const ids = rules.map((rule) => textAt(rule, 'ID') ?? '').filter((id) => id !== '');
    if (new Set(ids).size < ids.length) throw malformed('ID must be another one in each Rule.');
    const affixes = rules.flatMap((rule) => [...textsNamed(rule, 'Prefix'), ...textsNamed(rule, 'Suffix')]);
    if (affixes.some(({ length }) => length > MAX_AFFIX_CHARACTERS)) {
      throw malformed(`Prefix and Suffix have at most ${MAX_AFFIX_CHARACTERS} characters.`);
    }
    return { ...document, children: document.children.map(withId) };
  },
  absentBucket: takenForPutBucket,
  absent: ({ bucket }) => new OssError('NoSuchBucketOverwriteConfig', { BucketName: bucket }),
};

/** "If not specified, a UUID is randomly generated." */
function withId(rule: ConfigurationNode): ConfigurationNode {
  if (rule.name !== 'Rule' || (textAt(rule, 'ID') ?? '') !== '') return rule;
  const others = rule.children.filter(({ name }) => name !== 'ID');
  return { ...rule, children: [{ name: 'ID', children: [], text: randomUUID() }, ...others] };
}

/**
 * Whether a rule of the bucket forbids that caller to overwrite that object. "Rules have no effect when bucket versioning
 * is enabled or suspended" (prevent-file-overwrite).
 * @param principals names of the caller, as policies of buckets know them
 */
export function isOverwriteForbidden(bucket: BucketRecord, key: string, principals: readonly string[]): boolean {
  if (bucket.versioning !== undefined) return false;
  return childrenNamed(bucketSetting(bucket, overwriteConfiguration.setting), 'Rule').some((rule) => {
    const about = textsNamed(descend(rule, 'Principals'), 'Principal');
    return (
      key.startsWith(textAt(rule, 'Prefix') ?? '') &&
      key.endsWith(textAt(rule, 'Suffix') ?? '') &&
      (about.length === 0 || matchPrincipals(about, principals))
    );
  });
}
