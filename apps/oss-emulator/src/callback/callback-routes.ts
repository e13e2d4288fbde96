/** Where callbacks for an origin are really connected to; what is sent stays as OSS would send it. */
export interface CallbackRoute {
  /** `http://oss-demo.aliyuncs.com:23450`, as {@link originOf} writes it. */
  readonly from: string;
  readonly to: RouteTarget;
}

export interface RouteTarget {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number;
}

/** @returns `undefined` when `text` is not `FROM=TO` with two http or https origins. */
export function parseCallbackRoute(text: string): CallbackRoute | undefined {
  const [from, to, ...more] = text.split('=').map(parseOrigin);
  return from === undefined || to === undefined || more.length > 0 ? undefined : { from: originOf(from), to };
}

export function findCallbackRoute(routes: readonly CallbackRoute[], target: RouteTarget): RouteTarget | undefined {
  const origin = originOf(target);
  return routes.find(({ from }) => from === origin)?.to;
}

function originOf({ protocol, hostname, port }: RouteTarget): string {
  return `${protocol}//${hostname.toLowerCase()}:${port}`;
}

/** A missing scheme is http, as in a callbackUrl. */
function parseOrigin(text: string): RouteTarget | undefined {
  const match = /^(?:(https?):\/\/)?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?\/?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, scheme = 'http', hostname = '', portText] = match;
  const port = portText === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(portText);
  if (port < 1 || port > 65_535) return undefined;
  return { protocol: scheme.toLowerCase() === 'https' ? 'https:' : 'http:', hostname, port };
}
