import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * What OSS says to an account without data pipelines, which the emulator's is: TestDoDataPipeLineAction of the Go SDK v2. No
 * pipeline can be made.
 */
export const doDataPipelineAction: OperationHandler = async ({ request }) => {
  const action = request.parameters.get('action');
  const body = await readSmallBody(request.body, MAX_BODY_BYTES);
  if (action === 'listDataPipelineConfigurations') {
    return xmlResponse('ListDataPipelineConfigurationsResult', [['DataPipelineConfigurations', []]]);
  }
  if (action === 'putDataPipelineConfiguration' && body.length > 0) {
    const message = 'PutDataPipelineConfiguration is not implemented by this emulator.';
    throw new OssError('NotImplemented', {}, { message });
  }
  throw new OssError('NoSuchDataPipeline');
};
