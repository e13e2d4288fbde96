import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { ossRegions } from '../oss-regions.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';

/** DescribeRegions: every region of OSS, and the emulator's own if it is called something else. They are told, not served. */
export async function describeRegions({ request, emulator }: OperationCall): Promise<OssResponse> {
  const asked = request.parameters.get('regions') ?? '';
  const regions = [...new Set([...ossRegions, emulator.region])].map((region) => `oss-${region}`);
  if (asked === '') return xmlResponse('RegionInfoList', regions.map(regionElement));
  if (!regions.includes(asked)) throw new OssError('NoSuchRegion', { Region: asked });
  return xmlResponse('RegionInfoList', [regionElement(asked)]);
}

function regionElement(region: string): XmlElement {
  return [
    'RegionInfo',
    [
      ['Region', region],
      ['InternetEndpoint', `${region}.aliyuncs.com`],
      ['InternalEndpoint', `${region}-internal.aliyuncs.com`],
      ['AccelerateEndpoint', 'oss-accelerate.aliyuncs.com'],
    ],
  ];
}
