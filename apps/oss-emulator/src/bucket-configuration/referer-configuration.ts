import { flag, group, many, required, withFallback, word } from './element-rules.ts';
import { childrenNamed, textAt } from './configuration-node.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

const referers = group({ Referer: many(word) });

/**
 * Source: putbucketreferer and getbucketreferer. A bucket without it answers the default, which the Go SDK's tests read
 * (`AllowTruncateQueryString` true, no black list).
 */
export const refererConfiguration: StoredConfiguration = {
  setting: 'referer',
  root: 'RefererConfiguration',
  content: {
    AllowEmptyReferer: flag,
    AllowTruncateQueryString: withFallback(flag, 'true'),
    TruncatePath: withFallback(flag, 'false'),
    RefererList: required(referers),
    RefererBlacklist: referers,
  },
  check: (document) => {
    if (textAt(document, 'AllowEmptyReferer') === undefined) {
      throw malformed('RefererConfiguration must have AllowEmptyReferer.', '0033-00000002');
    }
    return withoutEmptyReferers(document);
  },
  absent: () => [
    ['AllowEmptyReferer', true],
    ['AllowTruncateQueryString', true],
    ['TruncatePath', false],
    ['RefererList', []],
  ],
};

/** The Go SDKs clear the list by one empty element. */
function withoutEmptyReferers(document: ConfigurationNode): ConfigurationNode {
  const children = document.children.map((child) =>
    child.children.length === 0 ? child : { ...child, children: childrenNamed(child, 'Referer').filter(isNotEmpty) },
  );
  return { ...document, children };
}

function isNotEmpty({ text }: ConfigurationNode): boolean {
  return text !== '';
}
