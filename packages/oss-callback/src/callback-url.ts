/** One URL of `callbackUrl`, taken apart without a URL parser: path and query reach the wire byte for byte. */
export interface CallbackUrl {
  /** As written in the parameter, without a scheme if it had none. */
  readonly text: string;
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  /** 80 or 443 when the URL names none. */
  readonly port: number;
  /** Host and port as written: the `Host` header unless `callbackHost` says otherwise. */
  readonly host: string;
  /** What stands on the request line: `/` for an empty path, a bare `?` kept. */
  readonly requestTarget: string;
}

/** OSS tries up to five URLs, separated by semicolons, until the first success. */
export const MAX_CALLBACK_URLS = 5;

const DEFAULT_PORTS = { 'http:': 80, 'https:': 443 } as const;
const URL_PARTS = /^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?<authority>[^/?#]*)(?<target>[^#]*)$/;
// No IPv6 literal, no user name: OSS takes neither, and the host is written into a header.
const AUTHORITY = /^(?!.*\.\.)(?<hostname>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?)(?::(?<port>[0-9]{1,5}))?$/;

/**
 * Splits `callbackUrl` as OSS does. Empty pieces, such as the one after a trailing semicolon, do not count.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function splitCallbackUrls(callbackUrl: string): readonly string[] {
  return callbackUrl.split(';').filter((piece) => piece !== '');
}

/**
 * Reads one URL, or answers `undefined` where OSS answers 0007-00000004. Without a scheme it is `http://` (documentation
 * samples and PHP tests), and then a lone word such as `my` is refused (Java tests); `localhost` is let through, for
 * development. Raw blanks and non-ASCII characters are refused: the documentation asks for percent-encoding.
 */
export function parseCallbackUrl(text: string): CallbackUrl | undefined {
  if (!/^[!-~]+$/.test(text)) {
    return undefined;
  }
  const { scheme, authority = '', target = '' } = URL_PARTS.exec(text)?.groups ?? {};
  const { hostname, port } = AUTHORITY.exec(authority)?.groups ?? {};
  const protocol = `${scheme?.toLowerCase() ?? 'http'}:`;
  if (hostname === undefined || hostname.length > 253 || !isCallbackProtocol(protocol)) {
    return undefined;
  }
  const portNumber = port === undefined ? DEFAULT_PORTS[protocol] : Number(port);
  const isLoneWord = scheme === undefined && !hostname.includes('.') && hostname !== 'localhost';
  if (isLoneWord || portNumber < 1 || portNumber > 65_535) {
    return undefined;
  }
  const requestTarget = target.startsWith('/') ? target : `/${target}`;
  return { text, protocol, hostname, port: portNumber, host: authority, requestTarget };
}

function isCallbackProtocol(protocol: string): protocol is CallbackUrl['protocol'] {
  return Object.hasOwn(DEFAULT_PORTS, protocol);
}
