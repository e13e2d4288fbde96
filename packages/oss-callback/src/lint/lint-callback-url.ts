import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import { type AddressNetwork, networkOfAddress } from '../address-network.ts';
import { isPercentEncoded } from '../callback-param-advice.ts';
import { parseCallbackUrl } from '../callback-url.ts';
import { percentEncode } from '../percent-encode.ts';
import { type AddFinding, shorten } from './callback-findings.ts';

const FIELD = 'callbackUrl';
const URL_START = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)/;

export interface UrlLintOptions {
  /** For receivers beside an emulator: nothing is said about private addresses. */
  readonly allowPrivateUrls: boolean;
}

/** Looks at one URL of `callbackUrl`. */
export function lintCallbackUrl(url: string, { allowPrivateUrls }: UrlLintOptions, add: AddFinding): void {
  if (/^[^?]*?[^?\s][,|\s]\s{0,20}https?:\/\//i.test(url)) {
    add('urls-joined-wrongly', FIELD, { at: url });
    return;
  }
  const [start, scheme, authority = ''] = URL_START.exec(url.trimStart()) ?? [''];
  if (/[^!-~]/.test(url)) {
    const corrected = encodedUrl(url.trim(), start);
    add('url-not-percent-encoded', FIELD, { at: url, corrected, fix: `write ${shorten(corrected)}` });
    return;
  }
  if (scheme !== undefined && !/^https?$/i.test(scheme)) {
    add('url-scheme-unsupported', FIELD, { at: scheme });
  } else if (authority.includes('@')) {
    add('url-user-info', FIELD);
  } else if (authority.startsWith('[')) {
    add('url-ipv6', FIELD, { at: authority });
  } else if (url.includes('#')) {
    add('url-fragment', FIELD, { at: url, corrected: url.slice(0, url.indexOf('#')) });
  } else {
    lintCallableUrl(url, scheme, { allowPrivateUrls }, add);
  }
}

function lintCallableUrl(url: string, scheme: string | undefined, options: UrlLintOptions, add: AddFinding): void {
  const parsed = parseCallbackUrl(url);
  if (parsed === undefined) {
    add('url-invalid', FIELD, { at: url });
    return;
  }
  if (scheme === undefined) {
    const corrected = `${parsed.port === 443 ? 'https' : 'http'}://${url}`;
    add('url-without-scheme', FIELD, { at: url, corrected, fix: `write ${shorten(corrected)}` });
  }
  const [path, query] = splitAt(parsed.requestTarget, '?');
  if (!isPercentEncoded(parsed.requestTarget.replaceAll(';', ''))) {
    const corrected = encodedUrl(url, url.slice(0, url.length - parsed.requestTarget.length));
    add('url-unsafe-characters', FIELD, { at: parsed.requestTarget, fix: `write ${shorten(corrected)}` });
  }
  if (path.includes('+') || query.includes('+')) {
    add('url-plus', FIELD, { at: parsed.requestTarget });
  }
  const segments = path.split('/').slice(1);
  if (segments.some((segment, index) => /^\.{0,2}$/.test(segment) && (segment !== '' || index < segments.length - 1))) {
    add('url-path-not-normal', FIELD, { at: path });
  }
  if (!options.allowPrivateUrls) {
    lintHostName(parsed.hostname, add);
  }
}

const NETWORKS: Readonly<Record<Exclude<AddressNetwork, 'public'>, string>> = {
  loopback: 'this machine',
  private: 'a private network',
  reserved: 'link-local, a metadata service or another reserved range',
};

/** RFC 6761, 6762, 8375, and what ICANN reserved in 2024; `lan` by habit. */
const PRIVATE_SUFFIXES = ['localhost', 'local', 'internal', 'test', 'invalid', 'example', 'home.arpa', 'lan'];

function lintHostName(hostname: string, add: AddFinding): void {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const address = addressOf(name);
  if (address !== undefined) {
    const network = networkOfAddress(address);
    if (network !== 'public') {
      add('private-address', FIELD, { at: `${hostname} (${NETWORKS[network]})` });
    }
  } else if (name === 'localhost' || name.endsWith('.localhost')) {
    add('private-address', FIELD, { at: `${hostname} (${NETWORKS.loopback})` });
  } else if (!name.includes('.') || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`))) {
    add('private-name', FIELD, { at: hostname });
  }
}

/** Also of 0x7f.1, 2130706433 and other old spellings, which many resolvers take. */
function addressOf(hostname: string): string | undefined {
  if (isIPv4(hostname)) {
    return hostname;
  }
  if (!/^(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}$/.test(hostname)) {
    return undefined;
  }
  const written = URL.canParse(`http://${hostname}`) ? new URL(`http://${hostname}`).hostname : '';
  return isIPv4(written) ? written : undefined;
}

/** The URL with everything encoded that has to be; a domain name becomes Punycode. */
function encodedUrl(url: string, start: string): string {
  const begin = start.replace(/[^/]*$/, (authority) =>
    /^[!-~]*$/.test(authority) ? authority : domainToASCII(authority.trim()) || authority,
  );
  const rest = url.slice(start.length);
  return begin + rest.replaceAll(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#@!$&'()*+,=;%]/gu, percentEncode);
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
