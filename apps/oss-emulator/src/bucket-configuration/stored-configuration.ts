import { createHash } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { decodeContentMd5 } from '../operations/content-md5.ts';
import { OssError } from '../oss-error.ts';
import { XML_CONTENT_TYPE, xmlResponse } from '../http/oss-response.ts';
import type { OssRequest } from '../http/oss-request.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { withSetting } from './bucket-setting.ts';
import { configurationXml } from './configuration-xml.ts';
import type { ContentRules } from './element-rules.ts';
import { readConfiguration } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** A bucket's configuration that is put, answered and deleted as one XML document. */
export interface StoredConfiguration {
  /** Under which name the bucket keeps it: OSS's name of the sub-resource. */
  readonly setting: string;
  /** Name of the document element. */
  readonly root: string;
  readonly content: ContentRules;
  /**
   * What the rules cannot say.
   * @returns the document to keep, when it is not the one that came
   * @throws {OssError} what OSS answers
   */
  readonly check?: (document: ConfigurationNode, call: ConfigurationCall) => Checked | Promise<Checked>;
  /** What PUT answers when there is no such bucket; `NoSuchBucket` unless given. */
  readonly absentBucket?: () => OssError;
  /** What GET answers while the bucket has none: an error, or a document. */
  readonly absent: (call: ConfigurationCall) => OssError | readonly XmlElement[];
}

type Checked = ConfigurationNode | void;

export interface ConfigurationCall extends OperationCall {
  readonly record: BucketRecord;
}

/** Documented for CORS; assumed for the others, but for lifecycle rules, of which there may be a thousand. */
const MAX_CONFIGURATION_BYTES = 1024 * 1024;

export function putConfiguration(configuration: StoredConfiguration): OperationHandler {
  const { setting, root, content, check, absentBucket } = configuration;
  return async (call) => {
    const record = await call.emulator.store.getBucket(call.bucket);
    if (record === undefined) throw absentBucket?.() ?? new OssError('NoSuchBucket', { BucketName: call.bucket });
    const xml = (await readConfigurationBody(call.request)).toString('utf8');
    const document = readConfiguration(xml, root, content);
    const kept = (await check?.(document, { ...call, record })) ?? document;
    await changeBucket(call, (bucket) => withSetting(bucket, setting, configurationXml(kept)));
    return { status: 200 };
  };
}

export function getConfiguration({ setting, root, absent }: StoredConfiguration): OperationHandler {
  return async (call) => {
    const record = await requireBucket(call.emulator.store, call.bucket);
    const document = record.settings[setting];
    if (document !== undefined) {
      return { status: 200, headers: { 'Content-Type': XML_CONTENT_TYPE }, body: Buffer.from(document, 'utf8') };
    }
    const answer = absent({ ...call, record });
    if (answer instanceof OssError) throw answer;
    return xmlResponse(root, answer);
  };
}

/** Deleting what is not there is no error. */
export function deleteConfiguration({ setting }: Pick<StoredConfiguration, 'setting'>): OperationHandler {
  return async (call) => {
    await changeBucket(call, (bucket) => withSetting(bucket, setting, undefined));
    return { status: 204 };
  };
}

/** @throws {OssError} `NoSuchBucket` */
export async function changeBucket(
  { emulator, bucket }: OperationCall,
  change: (record: BucketRecord) => BucketRecord,
) {
  const changed = await emulator.store.updateBucket(bucket, change);
  if (changed === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
  return changed;
}

/**
 * The body of a request that configures something.
 * @throws {OssError} `InvalidDigest`, `EntityTooLarge`
 */
export async function readConfigurationBody({ headers, body }: OssRequest): Promise<Buffer> {
  const expectedMd5 = decodeContentMd5(headers['content-md5']);
  const bytes = await readSmallBody(body, MAX_CONFIGURATION_BYTES);
  if (expectedMd5 !== undefined && !createHash('md5').update(bytes).digest().equals(expectedMd5)) {
    throw new OssError('InvalidDigest');
  }
  return bytes;
}
