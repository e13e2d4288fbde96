import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signCallback } from '@oss-callback/oss-callback';

/** A callback request as OSS would send it, ready for any HTTP client. */
export interface CallbackRequest {
  readonly method: 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CallbackRequestOptions {
  /** Path and query of the callback URL, as OSS sees it. */
  readonly path: string;
  /** The body; an object becomes JSON or a form, after `contentType`. */
  readonly body: string | Uint8Array | Readonly<Record<string, string | number | null>>;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Replace or add headers after signing. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plays OSS in tests: signs callback requests with a key of its own. */
export interface CallbackSigner {
  /** For the option `extraPublicKeys`: this signer's key URL → PEM. */
  readonly publicKeys: ReadonlyMap<string, string>;
  readonly publicKeyUrl: string;
  sign(options: CallbackRequestOptions): CallbackRequest;
}

/**
 * Makes a throw-away key pair and a signer around it.
 *
 * @param publicKeyUrl what `x-oss-pub-key-url` will say; never fetched
 */
export function createCallbackSigner(publicKeyUrl = 'http://oss.test/callback_pub_key.pem'): CallbackSigner {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return {
    publicKeys: new Map([[publicKeyUrl, pem.toString()]]),
    publicKeyUrl,
    sign: (options) => signRequest(options, privateKey, publicKeyUrl),
  };
}

function signRequest(options: CallbackRequestOptions, privateKey: KeyObject, publicKeyUrl: string): CallbackRequest {
  const { path, contentType = 'application/json' } = options;
  const body = encodeBody(options.body, contentType);
  return {
    method: 'POST',
    path,
    headers: {
      authorization: signCallback({ requestTarget: path, body, privateKey }),
      'content-length': String(body.length),
      'content-type': contentType,
      'user-agent': 'aliyun-oss-callback',
      'x-oss-pub-key-url': Buffer.from(publicKeyUrl).toString('base64'),
      ...options.headers,
    },
    body,
  };
}

function encodeBody(body: CallbackRequestOptions['body'], contentType: string): Buffer {
  if (typeof body === 'string') {
    return Buffer.from(body);
  }
  if (body instanceof Uint8Array) {
    return Buffer.from(body);
  }
  if (contentType.startsWith('application/json')) {
    return Buffer.from(JSON.stringify(body));
  }
  const pairs = Object.entries(body).map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
  return Buffer.from(pairs.join('&'));
}
