import { OssError } from '../oss-error.ts';
import { parseHeaderValue } from './header-value.ts';

/** RFC 2046: printable ASCII, at most 70 characters, no blank at the end. Browsers and libraries keep to it. */
const BOUNDARY = /^[\u0020-\u007E]{0,69}[\u0021-\u007E]$/;

/**
 * @param contentType header of the request
 * @throws {OssError} `RequestIsNotMultiPartContent`, assumed for a boundary that is absent or no boundary as well
 */
export function readFormBoundary(contentType: string | undefined): string {
  const value = parseHeaderValue(contentType ?? '');
  const boundary = value?.parameters.get('boundary') ?? '';
  if (value?.type !== 'multipart/form-data' || !BOUNDARY.test(boundary)) {
    throw new OssError('RequestIsNotMultiPartContent');
  }
  return boundary;
}
