import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import type { XmlNode } from '../parse-xml.ts';
import { readSmallBody } from '../http/request-body.ts';
import { changeObject } from './change-object.ts';
import { isArchiveClass, restoreState } from './restore-state.ts';
import { withVersion } from './with-version.ts';

/** OSS takes a minute for Archive and up to days for the others; here whoever waits for it need not wait long. */
const RESTORE_MS = 5_000;
const DAY_MS = 86_400_000;
const MAX_BODY_BYTES = 16 * 1024;
const MAX_DAYS = { archive: 7, cold: 365 } as const;
const TIERS = ['Expedited', 'Standard', 'Bulk'];

interface RequestedRestore {
  readonly days: number;
  /** Only the cold classes know priorities. */
  readonly tier: string | undefined;
}

/** RestoreObject: 202 when restoring begins, 200 when the object is restored already and stays so for longer. */
export async function restoreObject(call: OperationCall): Promise<OssResponse> {
  const now = call.emulator.now();
  const requested = readRequest((await readSmallBody(call.request.body, MAX_BODY_BYTES)).toString('utf8'));
  let wasRestored = false;
  const restored = await changeObject(call, (object) => {
    if (!isArchiveClass(object.storageClass)) {
      throw new OssError('OperationNotSupported', {
        Detail: 'RestoreObject operation does not support this object storage class',
      });
    }
    checkRequest(requested, object.storageClass);
    const state = restoreState(object, now);
    if (state === 'restoring') throw new OssError('RestoreAlreadyInProgress');
    wasRestored = state === 'restored';
    const readyAt = new Date(now.getTime() + (wasRestored ? 0 : RESTORE_MS));
    return { restore: { readyAt, expiresAt: new Date(readyAt.getTime() + requested.days * DAY_MS) } };
  });
  if (wasRestored) return withVersion({ status: 200 }, restored);
  const priority = restored.storageClass === 'Archive' ? undefined : (requested.tier ?? 'Standard');
  return withVersion({ status: 202, headers: { 'x-oss-object-restore-priority': priority } }, restored);
}

/** @throws {OssError} `MalformedXML`; `InvalidArgument` for a tier that is none (oss2, test_restore_object_with_wrong_request) */
function readRequest(xml: string): RequestedRestore {
  if (xml.trim() === '') return { days: 1, tier: undefined };
  const document = parseXml(xml);
  if (document?.name !== 'RestoreRequest' || !hasOnly(document, ['Days', 'JobParameters'])) {
    throw new OssError('MalformedXML');
  }
  const days = childText(document, 'Days') ?? '1';
  const job = document.children.find(({ name }) => name === 'JobParameters');
  const tier = job === undefined ? undefined : (childText(job, 'Tier') ?? 'Standard');
  if (!/^\d{1,4}$/.test(days)) throw new OssError('MalformedXML');
  if (tier !== undefined && !TIERS.includes(tier)) {
    throw new OssError('InvalidArgument', { ArgumentName: 'Tier', ArgumentValue: tier });
  }
  return { days: Number(days), tier };
}

/** EC 0016-00000709 and -710: members that the operation does not know. */
function hasOnly({ children }: XmlNode, names: readonly string[]): boolean {
  return children.every(({ name }) => names.includes(name));
}

/** Archive knows no job parameters (ali-oss, object.test.js); the codes of days out of range are assumed. */
function checkRequest({ days, tier }: RequestedRestore, storageClass: string): void {
  const maxDays = storageClass === 'Archive' ? MAX_DAYS.archive : MAX_DAYS.cold;
  if (days < 1 || days > maxDays || (storageClass === 'Archive' && tier !== undefined)) {
    throw new OssError('MalformedXML');
  }
}
