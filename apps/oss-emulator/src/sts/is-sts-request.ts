import type { RequestAddress } from '../http/request-address.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

/**
 * `sts.aliyuncs.com`, `sts.cn-hangzhou.aliyuncs.com`, `sts-vpc.cn-hangzhou.aliyuncs.com`; but
 * `sts.oss-cn-hangzhou.aliyuncs.com` is a bucket of that name.
 */
const STS_HOST = /^sts(?:-vpc)?(?:\.(?!oss)[a-z0-9-]+)?\.aliyuncs\.com$/;
/** Also a name that a bucket could have; only a call to STS is meant for STS. */
const LOCAL_STS_HOST = 'sts.localhost';

/** Whether a host name is STS's own, so that nothing but STS answers there. */
function isStsHostName(hostName: string): boolean {
  return STS_HOST.test(hostName);
}

/**
 * Whether a request is for STS and not for OSS. It comes to STS's own host names, or to the root of the emulator with the
 * marks of a call: the parameter `Action`, a form, or the headers of an OpenAPI V3 request. Nothing that OSS has looks so.
 */
export function isStsRequest(
  hostName: string,
  rawPath: string,
  request: {
    readonly method: string;
    readonly query: ReadonlyArray<readonly [name: string, value: string]>;
    readonly headers: RequestHeaders;
    readonly address: RequestAddress;
  },
): boolean {
  if (isStsHostName(hostName)) return true;
  if (rawPath !== '/' || (request.address.bucket !== undefined && hostName !== LOCAL_STS_HOST)) return false;
  if (request.headers['x-acs-action'] !== undefined || request.query.some(([name]) => name === 'Action')) return true;
  const type = request.headers['content-type'] ?? '';
  return request.method === 'POST' && /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
}
