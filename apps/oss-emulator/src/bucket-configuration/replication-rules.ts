import { randomUUID } from 'node:crypto';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting, withSetting } from './bucket-setting.ts';
import { childrenNamed, textAt } from './configuration-node.ts';
import { configurationXml } from './configuration-xml.ts';
import type { ConfigurationNode } from './read-configuration.ts';

const SETTING = 'replication';
/** The document that rules are put and answered in. */
export const REPLICATION_ROOT = 'ReplicationConfiguration';
/** When a rule was deleted; kept with it, and never answered. */
const CLOSED_AT = 'ClosedAt';

/**
 * How long a deleted rule is still answered, as `closing`: OSS takes its time to clear up behind it (page of
 * DeleteBucketReplication), how much is nowhere written.
 */
const CLOSING_MS = 10_000;

/** @returns the rules that a bucket has, and those that were deleted just now */
export function replicationRules(bucket: BucketRecord, now: Date): readonly ConfigurationNode[] {
  return childrenNamed(bucketSetting(bucket, SETTING), 'Rule').filter((rule) => {
    const closedAt = textAt(rule, CLOSED_AT);
    return closedAt === undefined || now.getTime() - Date.parse(closedAt) < CLOSING_MS;
  });
}

export function withReplicationRules(bucket: BucketRecord, rules: readonly ConfigurationNode[]): BucketRecord {
  const document =
    rules.length === 0 ? undefined : configurationXml({ name: REPLICATION_ROOT, children: rules, text: '' });
  return withSetting(bucket, SETTING, document);
}

/**
 * What is kept of a rule that is put. What says how objects under KMS keys are copied needs a role to do it with, and no key
 * where they are not copied (tests of the Python SDK v1, `test_bucket_replication.py`).
 */
export function addedRule(rule: ConfigurationNode): ConfigurationNode {
  const hasRole = (textAt(rule, 'SyncRole') ?? '') !== '';
  const status = textAt(rule, 'SourceSelectionCriteria', 'SseKmsEncryptedObjects', 'Status');
  const dropped = [
    ...(hasRole ? [] : ['SourceSelectionCriteria', 'EncryptionConfiguration']),
    ...(status === 'Disabled' ? ['EncryptionConfiguration'] : []),
  ];
  const kept = rule.children.filter(({ name }) => !dropped.includes(name));
  if (ruleId(rule) !== '') return { ...rule, children: kept };
  return { ...rule, children: [element('ID', randomUUID()), ...kept.filter(({ name }) => name !== 'ID')] };
}

export function closedRule(rule: ConfigurationNode, now: Date): ConfigurationNode {
  if (textAt(rule, CLOSED_AT) !== undefined) return rule;
  const others = rule.children.map((child) => (child.name === 'Status' ? element('Status', 'closing') : child));
  return { ...rule, children: [...others, element(CLOSED_AT, now.toISOString())] };
}

/** @returns the rule without what is nobody's business */
export function shownRule(rule: ConfigurationNode): ConfigurationNode {
  return { ...rule, children: rule.children.filter(({ name }) => name !== CLOSED_AT) };
}

export function ruleId(rule: ConfigurationNode): string {
  return textAt(rule, 'ID') ?? '';
}

function element(name: string, text: string): ConfigurationNode {
  return { name, children: [], text };
}
