import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { ownerElement } from './bucket-elements.ts';
import { readMaxKeys } from './list-parameters.ts';

/**
 * ListCloudBoxes: the account has none. Elements: Go SDK v2, `ListCloudBoxesResult`; PHP SDK v2, testListCloudBoxes, takes
 * an answer of 200 as well as the refusal that an account without the product gets.
 * @throws {OssError} `InvalidArgument` for `max-keys`
 */
export async function listCloudBoxes({ request, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  return xmlResponse('ListCloudBoxResult', [
    ['Prefix', parameters.get('prefix') ?? ''],
    ['Marker', parameters.get('marker') ?? ''],
    ['MaxKeys', readMaxKeys(parameters)],
    ['IsTruncated', false],
    ownerElement(emulator.account),
    ['CloudBoxes', []],
  ]);
}
