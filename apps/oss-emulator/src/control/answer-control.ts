import type { OssResponse } from '../http/oss-response.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
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

/** A page that is opened shows what the journal has, and what runs in a page that is an object must not read it there. */
const DOCUMENT_HEADERS = { 'Content-Security-Policy': 'sandbox', 'X-Content-Type-Options': 'nosniff' };

/** Everything under `/__emulator`: unsigned, JSON, none of OSS's business. */
export async function answerControl(request: ControlRequest, context: ControlContext): Promise<OssResponse> {
  const answer = await answerRoute(request, context);
  return { ...answer, headers: { ...answer.headers, ...DOCUMENT_HEADERS } };
}

async function answerRoute(request: ControlRequest, context: ControlContext): Promise<OssResponse> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (isFromScript(request.headers, method)) {
    return controlError(403, 'Pages may not control the emulator.');
  }
  if (isCallback(request.headers)) {
    return controlError(403, 'Callbacks may not control the emulator.');
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

/**
 * Any page in the developer's browser can send a POST to localhost, and an HTML object that is opened has the emulator's
 * own origin. People may open the list and the journal; no page has to do anything here.
 */
function isFromScript(headers: RequestHeaders, method: string): boolean {
  if (method !== 'GET') return headers['origin'] !== undefined;
  return (headers['sec-fetch-dest'] ?? 'document') !== 'document';
}

/** Who may upload says where the callback goes, and that may be here: the sender of every callback says that it is one. */
function isCallback(headers: RequestHeaders): boolean {
  return headers['x-oss-pub-key-url'] !== undefined;
}
