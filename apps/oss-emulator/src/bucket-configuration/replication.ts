import { randomUUID } from 'node:crypto';
import { requireBucket } from '../authorize.ts';
import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { bucketSetting, withSetting } from './bucket-setting.ts';
import { childrenNamed, textAt, textsNamed } from './configuration-node.ts';
import { configurationXml, elementOf } from './configuration-xml.ts';
import { anyText, group, many, oneOf, required, withFallback, word } from './element-rules.ts';
import type { ContentRules } from './element-rules.ts';
import { malformed, readConfiguration } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

const SETTING = 'replication';
const ROOT = 'ReplicationConfiguration';

/** Source: putbucketreplication. The emulator keeps rules and copies nothing: a rule stays `starting`, its progress 0. */
const ruleContent: ContentRules = {
  ID: word,
  PrefixSet: group({ Prefix: many(anyText, 10) }),
  Action: withFallback(word, 'ALL'),
  Destination: required(group({ Bucket: required(word), Location: required(word), TransferType: word })),
  Status: withFallback(word, 'starting'),
  HistoricalObjectReplication: withFallback(oneOf('enabled', 'disabled'), 'enabled'),
  SyncRole: word,
  SourceSelectionCriteria: group({}),
  EncryptionConfiguration: group({}),
  RTC: group({ Status: required(oneOf('enabled', 'disabled')) }),
};

export const putBucketReplication: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const document = readConfiguration(xml, ROOT, { Rule: required(many(group(ruleContent))) });
  const added = childrenNamed(document, 'Rule').map(withId);
  await changeBucket(call, (bucket) => {
    const rules = [...rulesOf(bucket), ...added];
    if (hasRepeated(rules.map(targetOf)) || hasRepeated(rules.map(idOf))) {
      throw new OssError('BucketReplicationAlreadyExist', { BucketName: bucket.name });
    }
    return withRules(bucket, rules);
  });
  return { status: 200 };
};

export const getBucketReplication: OperationHandler = async (call) => {
  const rules = requireRules(await requireBucket(call.emulator.store, call.bucket));
  return xmlResponse(ROOT, rules.map(elementOf));
};

/** The rules are named in a body; those that are not there are none of its business. */
export const deleteBucketReplication: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const ids = textsNamed(readConfiguration(xml, 'ReplicationRules', { ID: many(word) }), 'ID');
  if (ids.length === 0) throw malformed('ReplicationRules must have ID.');
  await changeBucket(call, (bucket) =>
    withRules(
      bucket,
      rulesOf(bucket).filter((rule) => !ids.includes(idOf(rule))),
    ),
  );
  return { status: 200 };
};

/** Where objects could be copied to: to buckets of the emulator's one region. */
export const getBucketReplicationLocation: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  return xmlResponse('ReplicationLocation', [
    ['Location', `oss-${call.emulator.region}`],
    ['LocationTransferTypeConstraint', []],
  ]);
};

export const getBucketReplicationProgress: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const id = call.request.parameters.get('rule-id') ?? '';
  const rules = rulesOf(record).filter((rule) => id === '' || idOf(rule) === id);
  if (rules.length === 0) throw new OssError('NoSuchReplicationRule', { BucketName: call.bucket });
  return xmlResponse('ReplicationProgress', rules.map(progressElement));
};

/** PutBucketRTC: switches replication time control of one rule. Its document is a rule of its own kind (page putbucketrtc, Go SDK v2). */
export const putBucketRtc: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const rtc = required(group({ Status: required(oneOf('enabled', 'disabled')) }));
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const changed = readConfiguration(xml, 'ReplicationRule', { RTC: rtc, ID: required(word) });
  await changeBucket(call, (bucket) => {
    const rules = rulesOf(bucket);
    if (!rules.some((rule) => idOf(rule) === idOf(changed))) {
      throw new OssError('NoSuchReplicationRule', { BucketName: bucket.name });
    }
    return withRules(
      bucket,
      rules.map((rule) => (idOf(rule) === idOf(changed) ? withRtc(rule, changed) : rule)),
    );
  });
  return { status: 200 };
};

function rulesOf(bucket: BucketRecord): readonly ConfigurationNode[] {
  return childrenNamed(bucketSetting(bucket, SETTING), 'Rule');
}

function requireRules(bucket: BucketRecord): readonly ConfigurationNode[] {
  const rules = rulesOf(bucket);
  if (rules.length === 0) throw new OssError('NoSuchReplicationConfiguration', { BucketName: bucket.name });
  return rules;
}

function withRules(bucket: BucketRecord, rules: readonly ConfigurationNode[]): BucketRecord {
  const document = rules.length === 0 ? undefined : configurationXml({ name: ROOT, children: rules, text: '' });
  return withSetting(bucket, SETTING, document);
}

function withId(rule: ConfigurationNode): ConfigurationNode {
  if (idOf(rule) !== '') return rule;
  const others = rule.children.filter(({ name }) => name !== 'ID');
  return { ...rule, children: [{ name: 'ID', children: [], text: randomUUID() }, ...others] };
}

function withRtc(rule: ConfigurationNode, changed: ConfigurationNode): ConfigurationNode {
  const others = rule.children.filter(({ name }) => name !== 'RTC');
  return { ...rule, children: [...others, ...childrenNamed(changed, 'RTC')] };
}

function idOf(rule: ConfigurationNode): string {
  return textAt(rule, 'ID') ?? '';
}

function hasRepeated(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

function targetOf(rule: ConfigurationNode): string {
  return textAt(rule, 'Destination', 'Bucket') ?? '';
}

function progressElement(rule: ConfigurationNode): XmlElement {
  const shown = rule.children.filter(({ name }) => !['SyncRole', 'RTC', 'SourceSelectionCriteria'].includes(name));
  return ['Rule', [...shown.map(elementOf), ['Progress', [['HistoricalObject', '0']]]]];
}
