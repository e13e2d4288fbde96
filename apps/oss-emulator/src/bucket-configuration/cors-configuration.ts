import { OssError } from '../oss-error.ts';
import { childrenNamed, textAt, textsNamed } from './configuration-node.ts';
import { flag, group, many, withFallback, word } from './element-rules.ts';
import type { ElementRule } from './element-rules.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

/** The user guide says 20, the page of EC 0034-00000006 ten; with the larger number nothing is refused that OSS might take. */
const MAX_RULES = 20;
const METHODS: readonly string[] = ['GET', 'PUT', 'DELETE', 'POST', 'HEAD'];
const SECONDS = /^\d{1,9}$/;

/** OSS keeps it in lower case (Python SDK v2, test_bucket_cors_client.py). */
const allowedHeader: ElementRule = { read: (text) => text.trim().toLowerCase() };

const corsRule = group({
  AllowedOrigin: many(word),
  AllowedMethod: many(word),
  AllowedHeader: many(allowedHeader),
  ExposeHeader: many(word),
  MaxAgeSeconds: word,
});

/** Source: putbucketcors, and the pages of the ECs below. `ResponseVary` is always answered (Java SDK, BucketCORSTest). */
export const corsConfiguration: StoredConfiguration = {
  setting: 'cors',
  root: 'CORSConfiguration',
  content: { CORSRule: many(corsRule), ResponseVary: withFallback(flag, 'false') },
  check: (document) => {
    const rules = childrenNamed(document, 'CORSRule');
    if (rules.length === 0) throw malformed('CORSConfiguration must have CORSRule.', '0034-00000002');
    if (rules.length > MAX_RULES) throw new OssError('CORSRuleBeyondLimit');
    for (const rule of rules) checkRule(rule);
  },
  absent: ({ bucket }) => new OssError('NoSuchCORSConfiguration', { BucketName: bucket }),
};

/** `InvalidArgument` as for a wrong `MaxAgeSeconds` (oss2, test_invalid_argument); for the others it is assumed. */
function checkRule(rule: ConfigurationNode): void {
  const origins = textsNamed(rule, 'AllowedOrigin');
  const methods = textsNamed(rule, 'AllowedMethod');
  if (origins.length === 0) throw malformed('CORSRule must have AllowedOrigin.');
  if (methods.length === 0) throw malformed('CORSRule must have AllowedMethod.');
  for (const origin of origins) {
    if (origin === '' || wildcards(origin) > 1) throw invalid('AllowedOrigin', origin, '0034-00000009');
  }
  for (const method of methods) {
    if (!METHODS.includes(method)) throw invalid('AllowedMethod', method, '0034-00000011');
  }
  for (const header of textsNamed(rule, 'AllowedHeader')) {
    if (header === '' || wildcards(header) > 1) throw invalid('AllowedHeader', header);
  }
  for (const header of textsNamed(rule, 'ExposeHeader')) {
    if (header === '' || wildcards(header) > 0) throw invalid('ExposeHeader', header, '0034-00000013');
  }
  const maxAge = textAt(rule, 'MaxAgeSeconds');
  if (maxAge !== undefined && !SECONDS.test(maxAge)) throw invalid('MaxAgeSeconds', maxAge);
}

function wildcards(text: string): number {
  return text.split('*').length - 1;
}

function invalid(name: string, value: string, ec?: string): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: name, ArgumentValue: value },
    { message: `${name} is invalid.`, ec },
  );
}
