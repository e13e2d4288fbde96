import { OssError } from '../oss-error.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import { flag, group, many, oneOf, required, word } from './element-rules.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

/** The TLS versions and ciphers of a bucket. The emulator speaks plain HTTP and only keeps them. */
export const httpsConfig: StoredConfiguration = {
  setting: 'httpsConfig',
  root: 'HttpsConfiguration',
  content: {
    TLS: group({ Enable: required(flag), TLSVersion: many(oneOf('TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')) }),
    CipherSuite: group({
      Enable: required(flag),
      StrongCipherSuite: flag,
      CustomCipherSuite: many(word),
      TLS13CustomCipherSuite: many(word),
    }),
  },
  check: (document) => {
    const tls = descend(document, 'TLS');
    if (tls === undefined) return document;
    // Both from tests of the Python SDK v1 (test_bucket_https_config.py); the page has the first.
    if (textAt(tls, 'Enable') === 'true' && childrenNamed(tls, 'TLSVersion').length === 0) {
      throw malformed('TLS that is enabled must have TLSVersion.');
    }
    const once = { ...tls, children: tls.children.filter(isFirst) };
    return { ...document, children: document.children.map((child) => (child === tls ? once : child)) };
  },
  absent: ({ bucket }) => new OssError('NoSuchHttpsConfig', { BucketName: bucket }),
};

function isFirst(node: ConfigurationNode, index: number, nodes: readonly ConfigurationNode[]): boolean {
  return nodes.findIndex(({ name, text }) => name === node.name && text === node.text) === index;
}
