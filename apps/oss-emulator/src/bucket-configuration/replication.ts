import { requireBucket } from '../require-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { ossRegions } from '../oss-regions.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';
import { childrenNamed, textAt, textsNamed } from './configuration-node.ts';
import { elementOf } from './configuration-xml.ts';
import { anyText, group, many, oneOf, required, withFallback, word } from './element-rules.ts';
import type { ContentRules } from './element-rules.ts';
import { malformed, readConfiguration } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import {
  addedRule,
  closedRule,
  REPLICATION_ROOT,
  replicationRules,
  ruleId,
  shownRule,
  withReplicationRules,
} from './replication-rules.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

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
  const document = readConfiguration(xml, REPLICATION_ROOT, { Rule: required(many(group(ruleContent))) });
  const added = childrenNamed(document, 'Rule').map(addedRule);
  for (const rule of added) checkTargetLocation(textAt(rule, 'Destination', 'Location') ?? '', call);
  await changeBucket(call, (bucket) => {
    const rules = [...replicationRules(bucket, call.emulator.now()), ...added];
    if (hasRepeated(rules.map(targetOf)) || hasRepeated(rules.map(ruleId))) {
      throw new OssError('BucketReplicationAlreadyExist', { BucketName: bucket.name });
    }
    return withReplicationRules(bucket, rules);
  });
  return { status: 200 };
};

/**
 * A target in a region that OSS has is believed to be there, as the emulator has one region only; in any other there is no
 * bucket (Java SDK, BucketReplicationTest).
 */
function checkTargetLocation(location: string, { bucket, emulator }: OperationCall): void {
  if ([emulator.region, ...ossRegions].some((region) => location === `oss-${region}`)) return;
  throw new OssError('InvalidTargetLocation', { BucketName: bucket, TargetLocation: location });
}

export const getBucketReplication: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const rules = replicationRules(record, call.emulator.now());
  if (rules.length === 0) throw new OssError('NoSuchReplicationConfiguration', { BucketName: record.name });
  return xmlResponse(
    REPLICATION_ROOT,
    rules.map((rule) => elementOf(shownRule(rule))),
  );
};

/** The rules are named in a body; those that are not there are none of its business. */
export const deleteBucketReplication: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const ids = textsNamed(readConfiguration(xml, 'ReplicationRules', { ID: many(word) }), 'ID');
  if (ids.length === 0) throw malformed('ReplicationRules must have ID.');
  const now = call.emulator.now();
  await changeBucket(call, (bucket) =>
    withReplicationRules(
      bucket,
      replicationRules(bucket, now).map((rule) => (ids.includes(ruleId(rule)) ? closedRule(rule, now) : rule)),
    ),
  );
  return { status: 200 };
};

export const getBucketReplicationProgress: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const id = call.request.parameters.get('rule-id') ?? '';
  const rules = replicationRules(record, call.emulator.now()).filter((rule) => id === '' || ruleId(rule) === id);
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
    const rules = replicationRules(bucket, call.emulator.now());
    if (!rules.some((rule) => ruleId(rule) === ruleId(changed))) {
      throw new OssError('NoSuchReplicationRule', { BucketName: bucket.name });
    }
    return withReplicationRules(
      bucket,
      rules.map((rule) => (ruleId(rule) === ruleId(changed) ? withRtc(rule, changed) : rule)),
    );
  });
  return { status: 200 };
};

function withRtc(rule: ConfigurationNode, changed: ConfigurationNode): ConfigurationNode {
  const others = rule.children.filter(({ name }) => name !== 'RTC');
  return { ...rule, children: [...others, ...childrenNamed(changed, 'RTC')] };
}

function hasRepeated(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

function targetOf(rule: ConfigurationNode): string {
  return textAt(rule, 'Destination', 'Bucket') ?? '';
}

function progressElement(rule: ConfigurationNode): XmlElement {
  const hidden = ['SyncRole', 'RTC', 'SourceSelectionCriteria', 'EncryptionConfiguration'];
  const shown = shownRule(rule).children.filter(({ name }) => !hidden.includes(name));
  return ['Rule', [...shown.map(elementOf), ['Progress', [['HistoricalObject', '0']]]]];
}
