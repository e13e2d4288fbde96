import { parseHostName } from '../host-name.ts';
import type { OssResponse } from '../oss-response.ts';
import type { RequestBody } from '../request-body.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { ControlContext } from './control-context.ts';
import { controlError } from './control-route.ts';
import { controlRoutes } from './control-routes.ts';

export interface ControlRequest {
  readonly method: string;
  /** What follows `/__emulator/`. */
  readonly route: string;
  readonly headers: RequestHeaders;
  readonly body: RequestBody;
}

/** Everything under `/__emulator`: unsigned, JSON, none of OSS's business. */
export async function answerControl(request: ControlRequest, context: ControlContext): Promise<OssResponse> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== 'GET' && isFromOtherSite(request.headers)) {
    return controlError(403, 'Pages of other sites may not control the emulator.');
  }
  const matching = controlRoutes.filter(({ path }) => path.test(request.route));
  const row = matching.find((candidate) => candidate.method === method);
  if (row === undefined) {
    return matching.length === 0
      ? controlError(404, 'There is no such resource; GET /__emulator/ lists them.')
      : controlError(405, `Allowed: ${matching.map((candidate) => candidate.method).join(', ')}.`);
  }
  const id = row.path.exec(request.route)?.[1] ?? '';
  return row.handle({ id, body: request.body, routes: controlRoutes }, context);
}

/** Any page in the developer's browser can send a POST to localhost; the browser then says where the page is from. */
function isFromOtherSite(headers: RequestHeaders): boolean {
  const { origin } = headers;
  if (origin === undefined) return false;
  const originHost = URL.canParse(origin) ? new URL(origin).host : undefined;
  return parseHostName(headers['host'] ?? '') === undefined || originHost !== headers['host']?.toLowerCase();
}
