import { OssError } from '../oss-error.ts';
import { textAt } from './configuration-node.ts';
import { anyText, oneOf, withFallback, word } from './element-rules.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

const HOSTS: readonly string[] = ['Img', 'Both'];

/**
 * How a bucket's images are reached, from the days of the image service's own host names. On no page any more; the Java SDK
 * has it, and BucketProcesTest says what is answered: delimiters in their order, no suffixes without the protection.
 */
export const bucketProcess: StoredConfiguration = {
  setting: 'processConfiguration',
  root: 'BucketProcessConfiguration',
  content: {
    CompliedHost: word,
    SourceFileProtect: withFallback(oneOf('Enabled', 'Disabled'), 'Disabled'),
    SourceFileProtectSuffix: withFallback(anyText, ''),
    StyleDelimiters: withFallback(word, ''),
    OssDomainSupportAtProcess: oneOf('Enabled', 'Disabled'),
  },
  check: (document) => {
    const host = textAt(document, 'CompliedHost') ?? '';
    if (!HOSTS.includes(host)) {
      const members = { ArgumentName: 'CompliedHost', ArgumentValue: host };
      throw new OssError('InvalidArgument', members, { message: `CompliedHost must be ${HOSTS.join(' or ')}.` });
    }
    return answered(document);
  },
  absent: () => [
    ['CompliedHost', 'Both'],
    ['SourceFileProtect', 'Disabled'],
    ['SourceFileProtectSuffix', ''],
    ['StyleDelimiters', ''],
    ['Version', 2],
  ],
};

function answered(document: ConfigurationNode): ConfigurationNode {
  const isProtected = textAt(document, 'SourceFileProtect') === 'Enabled';
  const children = document.children
    .filter(({ name }) => name !== 'Version')
    .map((child) => {
      if (child.name === 'SourceFileProtectSuffix' && !isProtected) return { ...child, text: '' };
      if (child.name === 'StyleDelimiters') return { ...child, text: child.text.split(',').toSorted().join(',') };
      return child;
    });
  return { ...document, children: [...children, { name: 'Version', children: [], text: '2' }] };
}
