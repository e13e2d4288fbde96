import { OssError } from '../oss-error.ts';

/** The texts are ours: OSS's are on no page. */
export function invalidQuery(name: string, value: string, message: string): OssError {
  return new OssError('InvalidArgument', { ArgumentName: name, ArgumentValue: value }, { message });
}
