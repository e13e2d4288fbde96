import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type CallbackRequest, createCallbackSigner } from '@oss-callback/nestjs-oss-callback/testing';
import {
  type CallbackValues,
  decodeCallbackParam,
  decodeCallbackVar,
  renderCallbackBody,
} from '@oss-callback/oss-callback';

/** The part of OSS that calls back, with a key of its own. */
export const signer = createCallbackSigner();

/** What `POST /uploads` answers. */
export interface Grant {
  readonly id: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly expiresAt: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly callback: {
    readonly param: string;
    readonly var: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly aliOss: Readonly<Record<string, unknown>>;
  };
}

export interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentLength: string | undefined;
  readonly text: string;
}

export const png = { filename: '猫.png', contentType: 'image/png', sizeBytes: 1_234 };

/** What OSS knows about the object when it calls back. */
export function valuesFor(grant: Pick<Grant, 'bucket' | 'objectKey' | 'callback'>): CallbackValues {
  const decoded = decodeCallbackVar(grant.callback.var);
  return {
    bucket: grant.bucket,
    object: grant.objectKey,
    etag: 'D8E8FCA2DC0F896FD7CB4CB0031BA249',
    size: png.sizeBytes,
    mimeType: png.contentType,
    'imageInfo.width': 640,
    'imageInfo.height': 480,
    'imageInfo.format': 'png',
    crc64: '16005703254320583110',
    contentMd5: '2Oj8otwPiW/Xy0ywAxuiSQ==',
    clientIp: '192.0.2.7',
    reqId: '5C3D9175B6FC201293AD4E3A',
    operation: 'PutObject',
    ...(decoded.ok ? { variables: decoded.variables } : {}),
  };
}

/** The callback request that OSS would send for a grant, with some values changed. */
export function callbackFor(grant: Grant, change: Partial<CallbackValues> = {}): CallbackRequest {
  const decoded = decodeCallbackParam(grant.callback.param);
  const callback = decoded.ok ? decoded.callback : undefined;
  const body = callback === undefined ? '' : renderCallbackBody(callback, { ...valuesFor(grant), ...change });
  return signer.sign({ path: '/oss/callback', body, contentType: callback?.bodyType ?? '' });
}

export function send(
  url: string,
  { method, path, headers, body }: Omit<CallbackRequest, 'method'> & { method: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url), { method, path, headers, agent: false }, (response) => {
      const { statusCode = 0, headers: answered } = response;
      const about = { contentType: answered['content-type'], contentLength: answered['content-length'] };
      text(response).then((answer) => resolve({ status: statusCode, ...about, text: answer }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function api(url: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const bytes =
    body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(bytes.length) };
  return send(url, { method, path, headers, body: bytes });
}

export async function requestGrant(url: string, change: object = {}): Promise<Grant> {
  return JSON.parse((await api(url, 'POST', '/uploads', { ...png, ...change })).text) as Grant;
}

export async function readUpload(url: string, id: string): Promise<Record<string, unknown>> {
  return JSON.parse((await api(url, 'GET', `/uploads/${id}`)).text) as Record<string, unknown>;
}

/** Status and error code of an answer that has to be JSON with its length. */
export function refusalOf({ status, contentType, contentLength, text: body }: Answer): readonly [number, string] {
  const isComplete = contentType === 'application/json' && contentLength === String(Buffer.byteLength(body));
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  return [status, isComplete && error.message !== '' ? error.code : `not a complete answer: ${body}`];
}
