import { randomUUID } from 'node:crypto';
import { OssError } from '../oss-error.ts';
import { bucketSetting } from './bucket-setting.ts';
import { checkLifecycleRule } from './check-lifecycle-rule.ts';
import { childrenNamed, textAt } from './configuration-node.ts';
import { anyText, flag, group, many, midnight, oneOf, required, wholeNumber, word } from './element-rules.ts';
import { checkLifecycleConflicts, checkLifecycleOverlap } from './lifecycle-overlap.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

/** Also in bytes: an ID is ASCII in practice. */
const MAX_ID_LENGTH = 255;

const days = wholeNumber(1);
const tag = group({ Key: required(anyText), Value: required(anyText) });
const accessTime = { IsAccessTime: flag, ReturnToStdWhenVisit: flag, AllowSmallFile: flag };

const lifecycleRule = group({
  ID: word,
  Prefix: anyText,
  Status: required(oneOf('Enabled', 'Disabled')),
  Filter: group({
    ObjectSizeGreaterThan: wholeNumber(0),
    ObjectSizeLessThan: wholeNumber(0),
    Not: group({ Prefix: anyText, Tag: tag }),
  }),
  Expiration: group({ Days: days, CreatedBeforeDate: midnight, Date: midnight, ExpiredObjectDeleteMarker: flag }),
  Transition: many(group({ Days: days, CreatedBeforeDate: midnight, StorageClass: required(word), ...accessTime })),
  AbortMultipartUpload: group({ Days: days, CreatedBeforeDate: midnight }),
  Tag: many(tag),
  NoncurrentVersionExpiration: group({ NoncurrentDays: required(days) }),
  NoncurrentVersionTransition: many(
    group({ NoncurrentDays: required(days), StorageClass: required(word), ...accessTime }),
  ),
});

/** Source: putbucketlifecycle, the pages of EC 0014-…, and the SDKs' lifecycle tests. */
export const lifecycleConfiguration: StoredConfiguration = {
  setting: 'lifecycle',
  root: 'LifecycleConfiguration',
  content: { Rule: many(lifecycleRule) },
  check: (document, { request, record }) => {
    const rules = childrenNamed(document, 'Rule');
    if (rules.length === 0) throw malformed('LifecycleConfiguration must have Rule.');
    for (const rule of rules) {
      checkLifecycleRule(rule);
      if (isByAccessTime(rule) && textAt(bucketSetting(record, 'accessmonitor'), 'Status') !== 'Enabled') {
        throw malformed('IsAccessTime must be false while access tracking of the bucket is disabled.');
      }
    }
    const named = { ...document, children: document.children.map(withId) };
    checkIds(childrenNamed(named, 'Rule'));
    checkLifecycleConflicts(rules);
    const allowsOverlap = request.headers['x-oss-allow-same-action-overlap'] === 'true';
    if (!allowsOverlap) checkLifecycleOverlap(rules);
    return named;
  },
  absent: ({ bucket }) => new OssError('NoSuchLifecycle', { BucketName: bucket }),
};

export function isByAccessTime(rule: ConfigurationNode): boolean {
  const transitions = [...childrenNamed(rule, 'Transition'), ...childrenNamed(rule, 'NoncurrentVersionTransition')];
  return transitions.some((transition) => textAt(transition, 'IsAccessTime') === 'true');
}

/** OSS names a rule that has no ID. */
function withId(rule: ConfigurationNode): ConfigurationNode {
  if (rule.name !== 'Rule' || (textAt(rule, 'ID') ?? '') !== '') return rule;
  const others = rule.children.filter(({ name }) => name !== 'ID');
  return { ...rule, children: [{ name: 'ID', children: [], text: randomUUID() }, ...others] };
}

function checkIds(rules: readonly ConfigurationNode[]): void {
  const ids = rules.map((rule) => textAt(rule, 'ID') ?? '');
  for (const id of ids) {
    if (id.length > MAX_ID_LENGTH) throw malformed(`ID must have at most ${MAX_ID_LENGTH} characters.`);
  }
  if (new Set(ids).size < ids.length) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'ID' },
      { message: 'Rule ID is not unique.', ec: '0014-00000020' },
    );
  }
}
