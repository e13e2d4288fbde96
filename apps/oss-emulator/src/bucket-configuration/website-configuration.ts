import { OssError } from '../oss-error.ts';
import { completeRoutingRules } from './complete-routing-rules.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import { anyText, flag, group, many, required, withFallback, word } from './element-rules.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

const MAX_ROUTING_RULES = 20;

/** A rule's conditions and redirections are kept as they are: the emulator follows none. */
const routingRule = group({
  RuleNumber: required(word),
  Condition: group({}),
  Redirect: group({
    // The Java SDK's test gives a rule none and gets this.
    RedirectType: withFallback(word, 'External'),
    PassQueryString: flag,
    MirrorPassQueryString: flag,
    MirrorPassOriginalSlashes: flag,
    MirrorFollowRedirect: flag,
    MirrorCheckMd5: flag,
    MirrorHeaders: group({ PassAll: withFallback(flag, 'false') }),
  }),
  LuaConfig: group({}),
});

/** Source: putbucketwebsite, and the page of EC 0019-00000002. */
export const websiteConfiguration: StoredConfiguration = {
  setting: 'website',
  root: 'WebsiteConfiguration',
  content: {
    IndexDocument: group({ Suffix: required(word), SupportSubDir: flag, Type: word }),
    ErrorDocument: group({ Key: required(anyText), HttpStatus: word }),
    RoutingRules: group({ RoutingRule: many(routingRule, MAX_ROUTING_RULES) }),
  },
  check: (document) => {
    if (document.children.length === 0) {
      throw malformed('WebsiteConfiguration must have IndexDocument, ErrorDocument or RoutingRules.');
    }
    const given = withoutEmptyDocuments(document);
    checkDocuments(given);
    for (const rule of childrenNamed(descend(given, 'RoutingRules'), 'RoutingRule')) checkRoutingRule(rule);
    return completeRoutingRules(given);
  },
  absent: ({ bucket }) => new OssError('NoSuchWebsiteConfiguration', { BucketName: bucket }),
};

/** Beside rules the Go SDK v1 always writes both documents, and without a name where a program gives none. */
function withoutEmptyDocuments(document: ConfigurationNode): ConfigurationNode {
  if (childrenNamed(document, 'RoutingRules').length === 0) return document;
  const isEmpty = (child: ConfigurationNode): boolean =>
    (child.name === 'IndexDocument' && textAt(child, 'Suffix') === '') ||
    (child.name === 'ErrorDocument' && textAt(child, 'Key') === '');
  return { ...document, children: document.children.filter((child) => !isEmpty(child)) };
}

function checkDocuments(document: ConfigurationNode): void {
  const suffix = textAt(document, 'IndexDocument', 'Suffix');
  if (suffix === '' || suffix?.includes('/') === true) throw invalid('Suffix', suffix);
  const type = textAt(document, 'IndexDocument', 'Type');
  if (type !== undefined && !['0', '1', '2'].includes(type)) throw invalid('Type', type);
  const key = textAt(document, 'ErrorDocument', 'Key');
  if (key === '') throw invalid('Key', key);
  const status = textAt(document, 'ErrorDocument', 'HttpStatus');
  if (status !== undefined && !['200', '404'].includes(status)) throw invalid('HttpStatus', status, '0019-00000002');
}

/**
 * Mirroring is for objects that are missing (Java SDK, testUnormalSetBucketWebsiteWithMirror), and from somewhere (Go SDK
 * v1, TestSetBucketWebsiteDetail; the form of the URL: what oss2 and the Java SDK let through).
 */
function checkRoutingRule(rule: ConfigurationNode): void {
  const number = textAt(rule, 'RuleNumber') ?? '';
  if (!/^[1-9]\d{0,8}$/.test(number)) throw invalid('RuleNumber', number);
  if (textAt(rule, 'Redirect', 'RedirectType') !== 'Mirror') return;
  const returned = textAt(rule, 'Condition', 'HttpErrorCodeReturnedEquals');
  if (returned !== undefined && returned !== '404') throw invalid('HttpErrorCodeReturnedEquals', returned);
  if (descend(rule, 'Redirect', 'MirrorMultiAlternates') !== undefined) return;
  const url = textAt(rule, 'Redirect', 'MirrorURL') ?? '';
  if (!/^https?:\/\/[^/].*\/$/.test(url)) throw invalid('MirrorURL', url);
}

function invalid(name: string, value: string, ec?: string): OssError {
  const members = { ArgumentName: name, ArgumentValue: value };
  return new OssError('InvalidArgument', members, { message: `${name} is Invalid`, ec });
}
