import { requireBucket } from '../require-bucket.ts';
import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { XML_CONTENT_TYPE, xmlResponse } from '../http/oss-response.ts';
import { parseXml } from '../parse-xml.ts';
import type { XmlElement } from '../xml.ts';
import { xmlDocument } from '../xml.ts';
import { collectedConfigurations, withCollected, withoutCollected } from './configuration-collection.ts';
import { textAt } from './configuration-node.ts';
import { elementOf } from './configuration-xml.ts';
import { required, word } from './element-rules.ts';
import { readConfiguration } from './read-configuration.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

const SETTING = 'style';
const MAX_STYLES = 100;
const STYLE_NAME = /^[\w.-]{1,63}$/;

/** Source: putstyle. The emulator processes no images; it keeps the styles. */
export const putStyle: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const { parameters } = call.request;
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const style = readConfiguration(xml, 'Style', { Content: required(word) });
  const name = parameters.get('styleName') ?? '';
  if (!STYLE_NAME.test(name)) throw invalidName(name, 'must be 1 to 63 letters, digits, "_", "-" and "."');
  const now = call.emulator.now().toUTCString();
  await changeBucket(call, (bucket) => {
    const styles = collectedConfigurations(bucket, SETTING);
    const earlier = styles.find(({ id }) => id === name);
    if (earlier === undefined && styles.length >= MAX_STYLES)
      throw invalidName(name, `a bucket has at most ${MAX_STYLES}`);
    const created = earlier === undefined ? now : (textAt(parseXml(earlier.xml), 'CreateTime') ?? now);
    const document = xmlDocument('Style', [
      ['Name', name],
      ['Content', textAt(style, 'Content')],
      ['Category', parameters.get('category') ?? 'image'],
      ['CreateTime', created],
      ['LastModifyTime', now],
    ]);
    return withCollected(bucket, SETTING, { id: name, xml: document });
  });
  return { status: 200 };
};

export const getStyle: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const name = call.request.parameters.get('styleName');
  const style = collectedConfigurations(record, SETTING).find(({ id }) => id === name);
  if (style === undefined) throw new OssError('NoSuchStyle', { BucketName: call.bucket });
  return { status: 200, headers: { 'Content-Type': XML_CONTENT_TYPE }, body: Buffer.from(style.xml, 'utf8') };
};

export const listStyle: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const styles = collectedConfigurations(record, SETTING).flatMap(({ xml }): XmlElement[] => {
    const style = parseXml(xml);
    return style === undefined ? [] : [elementOf(style)];
  });
  return xmlResponse('StyleList', styles);
};

export const deleteStyle: OperationHandler = async (call) => {
  const name = call.request.parameters.get('styleName') ?? '';
  await changeBucket(call, (bucket) => withoutCollected(bucket, SETTING, name));
  return { status: 204 };
};

function invalidName(name: string, rule: string): OssError {
  const members = { ArgumentName: 'styleName', ArgumentValue: name };
  return new OssError('InvalidArgument', members, { message: `The style name is not valid: ${rule}.` });
}
