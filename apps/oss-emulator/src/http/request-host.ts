import { isOutsidePublicDns, isOfficialHostName, parseHostName } from './host-name.ts';
import { OssError } from '../oss-error.ts';
import type { AddressRules } from './request-address.ts';

/**
 * The host that a request is for: of an absolute-form target, as clients with an HTTP proxy send it, else the Host header.
 * @throws {OssError} `InvalidArgument` for what is no host, `NonStandardHostForbidden` for a target that is neither OSS's
 * nor ours: the emulator is no open proxy
 */
export function readHostName(
  header: string | undefined,
  authority: string | undefined,
  httpVersion: string,
  { ownHostNames }: Pick<AddressRules, 'ownHostNames'>,
): string {
  const headerName = header === undefined && httpVersion === '1.0' ? 'localhost' : parseHostName(header ?? '');
  if (headerName === undefined) throw invalidHost('Host', header);
  if (authority === undefined) return headerName;
  const name = parseHostName(authority);
  if (name === undefined) throw invalidHost('RequestURI', authority);
  if (isOfficialHostName(name) || isLoopbackName(name) || ownHostNames.has(name)) return name;
  throw new OssError('NonStandardHostForbidden', { HostName: name });
}

function isLoopbackName(name: string): boolean {
  return isOutsidePublicDns(name) && /^(?:127\.|::1$|localhost$|.*\.localhost$)/.test(name);
}

function invalidHost(argument: string, value: string | undefined): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: argument, ArgumentValue: value },
    { message: 'The host name of the request is missing or invalid.' },
  );
}
