import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';
import { requireNamedObject } from './require-object.ts';
import { withVersion } from './with-version.ts';

export async function getObjectTagging(call: OperationCall): Promise<OssResponse> {
  const object = await requireNamedObject(call);
  const elements = (object.tags ?? []).map(([key, value]): XmlElement => [
    'Tag',
    [
      ['Key', key],
      ['Value', value],
    ],
  ]);
  return withVersion(xmlResponse('Tagging', [['TagSet', elements]]), object);
}
