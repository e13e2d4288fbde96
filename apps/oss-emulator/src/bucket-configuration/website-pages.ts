import { percentEncodePath } from '@oss-callback/oss-signing';
import { requirePermission } from '../access/admit.ts';
import type { OperationCall } from '../operation.ts';
import { withoutConditions } from '../operations/without-conditions.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { textAt } from './configuration-node.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import { websiteConfiguration } from './website-configuration.ts';

const PAGE_OPERATIONS = ['ListObjects', 'GetObject', 'HeadObject'];

type Serve = (request: OssRequest) => Promise<OssResponse>;

/** Who gives one of these wants a list of objects and no page (assumed). */
const LIST_PARAMETERS = ['prefix', 'marker', 'delimiter', 'max-keys', 'encoding-type'];

/**
 * Serves a page of a website: the bucket's root and keys that end in a slash have an index page, and objects that are not
 * there an error page. Each page is asked for like any object, so it must be one that everybody may read. Signed requests
 * get what they ask for, but see {@link handleDirectory}.
 *
 * https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketwebsite: IndexDocument, SupportSubDir, Type,
 * ErrorDocument. Routing rules are kept and not followed.
 *
 * @param bucket the bucket of the request
 * @param operation the request's, by its name
 * @param serve answers a request as if there were no website
 */
export async function serveWebsite(
  bucket: BucketRecord,
  operation: string,
  request: OssRequest,
  serve: Serve,
): Promise<OssResponse> {
  const website = bucketSetting(bucket, websiteConfiguration.setting);
  if (website === undefined || !PAGE_OPERATIONS.includes(operation) || !isForPage(request)) return serve(request);
  try {
    return await serve(forKey(request, pageKey(website, request.address.key ?? '')));
  } catch (error) {
    if (!(error instanceof OssError) || error.code !== 'NoSuchKey') throw error;
    const instead = (await directoryPage(website, request, serve)) ?? (await errorPage(website, request, serve));
    if (instead === undefined) throw error;
    return instead;
  }
}

function isForPage({ headers, parameters, address }: OssRequest): boolean {
  const isSigned = ['Signature', 'x-oss-signature'].some((name) => parameters.has(name));
  if (isSigned || headers['authorization'] !== undefined) return false;
  return address.key !== undefined || !LIST_PARAMETERS.some((name) => parameters.has(name));
}

/** Without `SupportSubDir` the page of every directory is that of the root. */
function pageKey(website: ConfigurationNode, key: string): string {
  const suffix = textAt(website, 'IndexDocument', 'Suffix');
  if (suffix === undefined || (key !== '' && !key.endsWith('/'))) return key;
  return supportsDirectories(website) ? `${key}${suffix}` : suffix;
}

/**
 * A signed request for a directory that is no object gets its index page too (oss2, test_website).
 * @param handle answers a call as if there were no website
 */
export async function handleDirectory(
  call: OperationCall,
  handle: (call: OperationCall) => Promise<OssResponse>,
): Promise<OssResponse> {
  try {
    return await handle(call);
  } catch (error) {
    const isMissing = error instanceof OssError && error.code === 'NoSuchKey' && call.key.endsWith('/');
    if (!isMissing || call.caller.kind === 'anonymous' || call.operation.name !== 'GetObject') throw error;
    const bucket = await call.emulator.store.getBucket(call.bucket);
    const website = bucket === undefined ? undefined : bucketSetting(bucket, websiteConfiguration.setting);
    const page = { ...call, key: website === undefined ? call.key : pageKey(website, call.key) };
    if (page.key === call.key || (await call.emulator.store.head(page.bucket, page.key)) === undefined) throw error;
    await requirePermission(page);
    return handle(page);
  }
}

/** `Type` says what becomes of `abc` when there is `abc/index.html`: 0 leads there, 2 answers with it, 1 knows nothing of it. */
async function directoryPage(
  website: ConfigurationNode,
  request: OssRequest,
  serve: Serve,
): Promise<OssResponse | undefined> {
  const { bucket = '', key = '', style } = request.address;
  const type = textAt(website, 'IndexDocument', 'Type') ?? '0';
  if (type === '1' || key === '' || key.endsWith('/') || !supportsDirectories(website)) return undefined;
  const page = pageKey(website, `${key}/`);
  if (type === '2') return servePage(forKey(request, page), serve);
  const found = await servePage(forKey({ ...request, method: 'HEAD' }, page), serve);
  if (found === undefined) return undefined;
  const path = percentEncodePath(`${key}/`);
  return { status: 302, headers: { Location: style === 'path' ? `/${bucket}/${path}` : `/${path}` } };
}

/** Whole, whatever part or state of the missing object was asked for. */
async function errorPage(website: ConfigurationNode, request: OssRequest, serve: Serve) {
  const key = textAt(website, 'ErrorDocument', 'Key');
  if (key === undefined) return undefined;
  const { range: _range, ...headers } = withoutConditions(request.headers);
  const page = await servePage(forKey({ ...request, headers }, key), serve);
  const status = Number(textAt(website, 'ErrorDocument', 'HttpStatus') ?? '404');
  return page === undefined ? undefined : { ...page, status };
}

/** A page that cannot be read is as good as none. */
async function servePage(request: OssRequest, serve: Serve): Promise<OssResponse | undefined> {
  try {
    return await serve(request);
  } catch (error) {
    if (error instanceof OssError) return undefined;
    throw error;
  }
}

function forKey(request: OssRequest, key: string): OssRequest {
  return key === '' ? request : { ...request, address: { ...request.address, key } };
}

function supportsDirectories(website: ConfigurationNode): boolean {
  return textAt(website, 'IndexDocument', 'SupportSubDir') === 'true';
}
