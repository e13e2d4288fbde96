import type { IncomingMessage } from 'node:http';
import { authorizeOtherAccount } from '../access/authorize-other-account.ts';
import { requirePermissions } from '../access/authorize-session.ts';
import { requireBucket } from '../require-bucket.ts';
import { textAt } from '../bucket-configuration/configuration-node.ts';
import { elementOf } from '../bucket-configuration/configuration-xml.ts';
import { flag, required, withFallback, word } from '../bucket-configuration/element-rules.ts';
import { readConfiguration } from '../bucket-configuration/read-configuration.ts';
import type { ConfigurationNode } from '../bucket-configuration/read-configuration.ts';
import { readConfigurationBody } from '../bucket-configuration/stored-configuration.ts';
import { decodeCallback } from '../callback/callback-request.ts';
import { validObjectKey } from '../object-key.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { putObject } from '../operations/put-object.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { RequestBody } from '../http/request-body.ts';
import { openSource } from './open-source.ts';

const ROOT = 'AsyncFetchTaskConfiguration';

/** Elements and their defaults: Go SDK v1 (`oss/type.go`), Python SDK v1 and Java SDK (tests of asynchronous fetches). */
const taskContent = {
  Url: required(word),
  Object: required(word),
  Host: withFallback(word, ''),
  ContentMD5: withFallback(word, ''),
  Callback: withFallback(word, ''),
  StorageClass: withFallback(word, ''),
  IgnoreSameKey: withFallback(flag, 'true'),
  // Kept and answered; nobody is called for what could not be fetched.
  CallbackWhenFailed: withFallback(flag, 'false'),
};

/** For look-up, answer and the whole body; assumed. */
const FETCH_TIMEOUT_MS = 300_000;

/**
 * PutAsyncFetchTask: OSS fetches an object from a URL, and calls back as after an upload. What is wrong with the callback is
 * said at once, what is wrong with the source by GetAsyncFetchTask (Java SDK, AsyncFetchTaskTest).
 */
export const putAsyncFetchTask: OperationHandler = async (call) => {
  const { bucket, emulator } = call;
  const record = await requireBucket(emulator.store, bucket);
  const info = readConfiguration((await readConfigurationBody(call.request)).toString('utf8'), ROOT, taskContent);
  const key = validObjectKey(requiredText(info, 'Object'));
  const url = requiredText(info, 'Url');
  const permissions = [{ action: 'oss:PutObject', bucket, key }];
  await requirePermissions(call, permissions);
  await authorizeOtherAccount(call, permissions);
  const requested = decodeCallback(textAt(info, 'Callback') ?? '', () => new Map(), record);
  if (requested !== undefined) await emulator.callbacks.checkTargets(requested);
  const isNew = textAt(info, 'IgnoreSameKey') === 'true';
  if (isNew && (await emulator.store.head(bucket, key)) !== undefined) throw new OssError('ObjectAlreadyExists');
  const { tasks, rules } = emulator.fetches;
  const id = tasks.start(bucket, info, async (closing) => {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(FETCH_TIMEOUT_MS)]);
    const source = await openSource(url, textAt(info, 'Host') ?? '', rules, signal);
    try {
      await putObject({ ...call, key, request: uploadRequest(call, info, source) });
    } finally {
      source.destroy();
    }
  });
  return xmlResponse('AsyncFetchTaskResult', [['TaskId', id]]);
};

export const getAsyncFetchTask: OperationHandler = async ({ request, bucket, emulator }) => {
  await requireBucket(emulator.store, bucket);
  const id = request.headers['x-oss-task-id'] ?? '';
  const task = emulator.fetches.tasks.find(bucket, id);
  if (task === undefined) {
    const message = 'The task does not exist.';
    throw new OssError('InvalidArgument', { ArgumentName: 'x-oss-task-id', ArgumentValue: id }, { message });
  }
  return xmlResponse('AsyncFetchTaskInfo', [
    ['TaskId', task.id],
    ['State', task.state],
    ['ErrorMsg', task.errorMessage],
    ['TaskInfo', task.info.children.map(elementOf)],
  ]);
};

/** @throws {OssError} `InvalidArgument` for an empty element */
function requiredText(info: ConfigurationNode, name: 'Url' | 'Object'): string {
  const text = textAt(info, name) ?? '';
  if (text !== '') return text;
  const message = `${name} must not be empty.`;
  throw new OssError('InvalidArgument', { ArgumentName: name, ArgumentValue: '' }, { message });
}

/** The PutObject that the task comes to. */
function uploadRequest({ request }: OperationCall, info: ConfigurationNode, source: IncomingMessage): OssRequest {
  const optional = {
    'content-type': source.headers['content-type'],
    'content-md5': textAt(info, 'ContentMD5'),
    'x-oss-storage-class': textAt(info, 'StorageClass'),
    'x-oss-callback': textAt(info, 'Callback'),
    'x-oss-forbid-overwrite': textAt(info, 'IgnoreSameKey'),
  };
  const given = Object.entries(optional).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return {
    ...request,
    method: 'PUT',
    query: [],
    parameters: new Map(),
    headers: Object.fromEntries(given),
    body: sourceBody(source),
  };
}

function sourceBody(source: IncomingMessage): RequestBody {
  const length = source.headers['content-length'];
  const declaredSizeBytes = length === undefined ? undefined : Number(length);
  return {
    declaredSizeBytes,
    chunked: declaredSizeBytes === undefined,
    isWithheld: false,
    // That as many bytes come as were declared is for node:http to see.
    async *read(maxBytes) {
      let sizeBytes = 0;
      for await (const chunk of source as AsyncIterable<Uint8Array>) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new OssError('EntityTooLarge');
        yield chunk;
      }
    },
  };
}
