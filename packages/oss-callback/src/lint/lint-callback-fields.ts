import { type CallbackBodyType, callbackBodyTypes, isCallbackBodyType } from '../callback-body-type.ts';
import { MAX_CALLBACK_URLS, parseCallbackUrl, splitCallbackUrls } from '../callback-url.ts';
import type { AddFinding, FindingDetails } from './callback-findings.ts';
import { type UrlLintOptions, lintCallbackUrl } from './lint-callback-url.ts';
import { nearestName } from './nearest-name.ts';

export type CallbackMembers = Readonly<Record<string, unknown>>;

const KNOWN_MEMBERS = [
  'callbackUrl',
  'callbackHost',
  'callbackBody',
  'callbackBodyType',
  'callbackSNI',
  'callbackPolicy',
  'signatureVersion',
  'additionalHeaders',
];

/** Other names for the same things, of SDK options and of a passage of the documentation. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['url', 'callbackUrl'],
  ['host', 'callbackHost'],
  ['body', 'callbackBody'],
  ['contentType', 'callbackBodyType'],
  ['callbackType', 'callbackBodyType'],
  ['callbackContentType', 'callbackBodyType'],
  ['sni', 'callbackSNI'],
]);

/** What a misspelt member leads to, where it is more than "unset". */
const MISSPELT: ReadonlyMap<string, FindingDetails> = new Map<string, FindingDetails>([
  ['callbackUrl', { effect: 'fails', consequence: 'OSS finds no callbackUrl: it stores the object and calls nobody' }],
  ['callbackBody', { refusal: 'body-empty' }],
  ['callbackBodyType', { consequence: 'OSS takes the template for a form, the default' }],
]);

/** Looks at the names of the members; answers those known names that are only there in another spelling. */
export function lintMemberNames(members: CallbackMembers, add: AddFinding): ReadonlySet<string> {
  const misspelt = new Set<string>();
  for (const name of Object.keys(members).filter((key) => !KNOWN_MEMBERS.includes(key))) {
    const meant = ALIASES.get(name) ?? nearestName(name, KNOWN_MEMBERS);
    if (meant !== undefined && !Object.hasOwn(members, meant)) {
      misspelt.add(meant);
      add('field-misspelt', name, { at: name, fix: `write ${meant}`, ...MISSPELT.get(meant) });
    } else if (name.startsWith('x:')) {
      add('field-unknown', name, {
        at: name,
        fix: 'put it into callback-var, in a form upload into a field of its own',
      });
    } else {
      add('field-unknown', name, { at: name });
    }
  }
  return misspelt;
}

/** Looks at `callbackUrl`. */
export function lintUrls(members: CallbackMembers, options: UrlLintOptions, add: AddFinding): void {
  const { callbackUrl = '', callbackSNI } = members;
  if (typeof callbackUrl !== 'string') {
    add('url-invalid', 'callbackUrl', { fix: 'write a string, several URLs separated by ";"' });
    return;
  }
  const urls = splitCallbackUrls(callbackUrl);
  for (const url of urls.slice(0, 2 * MAX_CALLBACK_URLS)) {
    lintCallbackUrl(url, options, add);
  }
  if (urls.length > MAX_CALLBACK_URLS) {
    add('too-many-urls', 'callbackUrl', { at: String(urls.length) });
  }
  if (callbackSNI === undefined && urls.some((url) => /^https:/i.test(url))) {
    add('https-without-sni', 'callbackSNI', { corrected: 'true' });
  }
}

/** Looks at `callbackHost`, `callbackSNI` and `callbackBodyType`; answers the body type that is meant. */
export function lintRequestMembers(members: CallbackMembers, add: AddFinding): CallbackBodyType {
  const { callbackHost: host, callbackSNI: sni, callbackBodyType: bodyType } = members;
  if (typeof host === 'string' && /[:/?#]/.test(host)) {
    const hostname = parseCallbackUrl(host)?.hostname;
    const fix = hostname === undefined ? undefined : `write ${hostname}`;
    add(/^[^/?#]*:[0-9]{1,5}$/.test(host) ? 'host-with-port' : 'host-with-scheme', 'callbackHost', {
      at: host,
      fix,
      corrected: hostname,
    });
  }
  if (sni !== undefined && typeof sni !== 'boolean') {
    const meant = typeof sni === 'string' ? /^(?:true|false)$/i.exec(sni)?.[0].toLowerCase() : undefined;
    const fix = meant === undefined ? undefined : `write ${meant} without quotes`;
    add('sni-not-boolean', 'callbackSNI', { fix, corrected: meant });
  }
  if (typeof bodyType === 'string' && !isCallbackBodyType(bodyType)) {
    const corrected = /json/i.test(bodyType) ? callbackBodyTypes[1] : callbackBodyTypes[0];
    add('body-type-misspelt', 'callbackBodyType', { at: bodyType, fix: `write ${corrected}`, corrected });
    return corrected;
  }
  return typeof bodyType === 'string' && isCallbackBodyType(bodyType) ? bodyType : callbackBodyTypes[0];
}
