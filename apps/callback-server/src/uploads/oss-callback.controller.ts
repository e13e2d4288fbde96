import { Controller } from '@nestjs/common';
import { OssCallback, OssCallbackEndpoint, type VerifiedCallback } from '@oss-callback/nestjs-oss-callback';
import { CALLBACK_PATH } from './upload-route.ts';
import { UploadsService } from './uploads.service.ts';

/** What OSS calls after an upload. When this method runs, signature, ticket and binding have been checked. */
@Controller()
export class OssCallbackController {
  constructor(private readonly service: UploadsService) {}

  @OssCallbackEndpoint(CALLBACK_PATH)
  uploaded(@OssCallback() callback: VerifiedCallback): Promise<Buffer> {
    return this.service.record(callback);
  }
}
