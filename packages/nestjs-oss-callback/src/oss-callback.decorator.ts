import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { requireVerifiedCallback, type VerifiedCallback } from './verified-callback.ts';

/**
 * Hands a handler the verified callback: `@OssCallback() callback: VerifiedCallback`, or one part of it:
 * `@OssCallback('claims') claims: UploadTicketClaims`. Throws when the route is not an {@link OssCallbackEndpoint},
 * so a forgotten guard is an error and not an open door.
 */
export const OssCallback = createParamDecorator(
  (part: keyof VerifiedCallback | undefined, context: ExecutionContext) => {
    const callback = requireVerifiedCallback(context);
    return part === undefined ? callback : callback[part];
  },
);
