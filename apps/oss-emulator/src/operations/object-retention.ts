import { requireBucket } from '../require-bucket.ts';
import { textAt } from '../bucket-configuration/configuration-node.ts';
import { oneOf, required, word } from '../bucket-configuration/element-rules.ts';
import { malformed, readConfiguration } from '../bucket-configuration/read-configuration.ts';
import { readConfigurationBody } from '../bucket-configuration/stored-configuration.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { ObjectRetention } from '../store/object-attributes.ts';
import type { StoredObject } from '../store/object-store.ts';
import { changeObject } from './change-object.ts';
import { bypassesGovernance, isRunning, parseRetainUntil, requireObjectWorm } from './object-worm.ts';
import { requireNamedObject } from './require-object.ts';
import { withVersion } from './with-version.ts';

const content = { Mode: required(oneOf('COMPLIANCE', 'GOVERNANCE')), RetainUntilDate: required(word) };

/** Source: putobjectretention. */
export const putObjectRetention: OperationHandler = async (call) => {
  requireObjectWorm(await requireBucket(call.emulator.store, call.bucket));
  const asked = await readRetention(call);
  const object = await changeObject(call, ({ objectType, worm }) => {
    if (objectType === 'Appendable') {
      throw new OssError('InvalidRequest', {}, { message: 'An appendable object cannot be retained.' });
    }
    requireLonger(worm?.retention, asked, call);
    return { worm: { ...worm, retention: asked } };
  });
  return withVersion({ status: 200 }, object);
};

/** Both elements are empty where there is no retention. */
export const getObjectRetention: OperationHandler = async (call) => {
  requireObjectWorm(await requireBucket(call.emulator.store, call.bucket));
  const object: StoredObject = await requireNamedObject(call);
  const { mode = '', until = '' } = object.worm?.retention ?? {};
  const answer = xmlResponse('Retention', [
    ['Mode', mode],
    ['RetainUntilDate', until],
  ]);
  return withVersion(answer, object);
};

/** @throws {OssError} `MalformedXML`, `InvalidArgument` for a time that is past */
async function readRetention({ request, emulator }: OperationCall): Promise<ObjectRetention> {
  const document = readConfiguration((await readConfigurationBody(request)).toString('utf8'), 'Retention', content);
  const text = textAt(document, 'RetainUntilDate') ?? '';
  const until = parseRetainUntil(text);
  if (until === undefined) throw malformed('RetainUntilDate must be a time in UTC, such as 2026-10-11T00:00:00.000Z.');
  if (until.getTime() <= emulator.now().getTime()) {
    const members = { ArgumentName: 'RetainUntilDate', ArgumentValue: text };
    throw new OssError('InvalidArgument', members, { message: 'RetainUntilDate must be in the future.' });
  }
  return { mode: textAt(document, 'Mode') === 'GOVERNANCE' ? 'GOVERNANCE' : 'COMPLIANCE', until: until.toISOString() };
}

/** A retention that runs is made longer, not shorter or weaker; one in GOVERNANCE mode by who asks for it. */
function requireLonger(present: ObjectRetention | undefined, asked: ObjectRetention, call: OperationCall): void {
  if (present === undefined || !isRunning(present, call.emulator.now())) return;
  const isWeaker = present.mode === 'COMPLIANCE' && asked.mode === 'GOVERNANCE';
  if (!isWeaker && Date.parse(asked.until) >= Date.parse(present.until)) return;
  if (present.mode === 'GOVERNANCE' && bypassesGovernance(call.request.headers)) return;
  throw new OssError('AccessDenied', {}, { message: 'The retention of the object cannot be shortened.' });
}
