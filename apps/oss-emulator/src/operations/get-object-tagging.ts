import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import type { XmlElement } from '../xml.ts';
import { requireObject } from './require-object.ts';

export async function getObjectTagging({ bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const { tags = [] } = await requireObject(emulator.store, bucket, key);
  const elements = tags.map(([tagKey, value]): XmlElement => [
    'Tag',
    [
      ['Key', tagKey],
      ['Value', value],
    ],
  ]);
  return xmlResponse('Tagging', [['TagSet', elements]]);
}
