import { parsePublicUrl } from '../public-url.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { ControlContext } from './control-context.ts';
import { controlError, jsonResponse } from './control-route.ts';
import type { ControlCall } from './control-route.ts';

const MAX_URL_BYTES = 2048;

export async function putPublicUrl({ body }: ControlCall, { publicUrl }: ControlContext): Promise<OssResponse> {
  const url = parsePublicUrl((await readSmallBody(body, MAX_URL_BYTES)).toString('utf8').trim());
  if (url === undefined) return controlError(400, 'The body must be an http or https URL without a path.');
  publicUrl.set(url);
  return jsonResponse({ publicUrl: url });
}
