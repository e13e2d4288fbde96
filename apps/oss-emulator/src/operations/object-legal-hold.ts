import { requireBucket } from '../require-bucket.ts';
import { textAt } from '../bucket-configuration/configuration-node.ts';
import { oneOf, required } from '../bucket-configuration/element-rules.ts';
import { readConfiguration } from '../bucket-configuration/read-configuration.ts';
import { readConfigurationBody } from '../bucket-configuration/stored-configuration.ts';
import type { OperationHandler } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import { changeObject } from './change-object.ts';
import { requireObjectWorm } from './object-worm.ts';
import { requireNamedObject } from './require-object.ts';
import { withVersion } from './with-version.ts';

/** Protects a version until it is taken back; known from SDKs only (Go v2, `api_op_object_worm.go`). */
export const putObjectLegalHold: OperationHandler = async (call) => {
  requireObjectWorm(await requireBucket(call.emulator.store, call.bucket));
  const xml = (await readConfigurationBody(call.request)).toString('utf8');
  const document = readConfiguration(xml, 'LegalHold', { Status: required(oneOf('ON', 'OFF')) });
  const legalHold = textAt(document, 'Status') === 'ON';
  const object = await changeObject(call, ({ worm }) => ({ worm: { ...worm, legalHold } }));
  return withVersion({ status: 200 }, object);
};

export const getObjectLegalHold: OperationHandler = async (call) => {
  requireObjectWorm(await requireBucket(call.emulator.store, call.bucket));
  const object = await requireNamedObject(call);
  return withVersion(xmlResponse('LegalHold', [['Status', object.worm?.legalHold === true ? 'ON' : 'OFF']]), object);
};
