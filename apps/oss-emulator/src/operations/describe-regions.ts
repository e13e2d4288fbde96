import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';

/** DescribeRegions: the emulator's region is the only one there is. */
export async function describeRegions({ request, emulator }: OperationCall): Promise<OssResponse> {
  const region = `oss-${emulator.region}`;
  const asked = request.parameters.get('regions') ?? '';
  if (asked !== '' && asked !== region) throw new OssError('NoSuchRegion', { Region: asked });
  return xmlResponse('RegionInfoList', [
    [
      'RegionInfo',
      [
        ['Region', region],
        ['InternetEndpoint', `${region}.aliyuncs.com`],
        ['InternalEndpoint', `${region}-internal.aliyuncs.com`],
        ['AccelerateEndpoint', 'oss-accelerate.aliyuncs.com'],
      ],
    ],
  ]);
}
