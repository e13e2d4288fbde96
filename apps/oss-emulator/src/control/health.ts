import type { OssResponse } from '../http/oss-response.ts';
import { jsonResponse } from './control-route.ts';

export async function getHealth(): Promise<OssResponse> {
  return jsonResponse({ status: 'ok' });
}
