import { childrenNamed, textAt } from './configuration-node.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/**
 * Writes out what a mirroring rule does not say. Of `PassQueryString` and `MirrorPassQueryString` a mirroring rule obeys
 * the second (putbucketwebsite), and OSS answers both alike then.
 *
 * Source: oss2's test_website, BucketWebsiteTest of the Java SDK, TestSetBucketWebsiteDetail of the Go SDK v1.
 */
export function completeRoutingRules(document: ConfigurationNode): ConfigurationNode {
  return mapNamed(document, 'RoutingRules', (rules) =>
    mapNamed(rules, 'RoutingRule', (rule) => mapNamed(rule, 'Redirect', completeRedirect)),
  );
}

function completeRedirect(redirect: ConfigurationNode): ConfigurationNode {
  if (textAt(redirect, 'RedirectType') !== 'Mirror') return redirect;
  const given = (name: string) => textAt(redirect, name);
  const flags: Readonly<Record<string, string>> = {
    PassQueryString: given('MirrorPassQueryString') ?? given('PassQueryString') ?? 'false',
    MirrorPassQueryString: given('MirrorPassQueryString') ?? 'false',
    MirrorPassOriginalSlashes: given('MirrorPassOriginalSlashes') ?? 'false',
    MirrorFollowRedirect: given('MirrorFollowRedirect') ?? 'true',
    MirrorCheckMd5: given('MirrorCheckMd5') ?? 'false',
  };
  const others = redirect.children.filter(({ name }) => name !== 'RedirectType' && !Object.hasOwn(flags, name));
  const completed = Object.entries(flags).map(([name, text]) => ({ name, children: [], text }));
  return { ...redirect, children: [...childrenNamed(redirect, 'RedirectType'), ...completed, ...others] };
}

function mapNamed(
  node: ConfigurationNode,
  name: string,
  map: (child: ConfigurationNode) => ConfigurationNode,
): ConfigurationNode {
  return { ...node, children: node.children.map((child) => (child.name === name ? map(child) : child)) };
}
