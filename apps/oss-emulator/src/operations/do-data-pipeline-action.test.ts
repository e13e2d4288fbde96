import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('an account without data pipelines and data sets', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const pipelines = (action: string, body = '') =>
    emulator.send('POST', { bucket: '', query: { dataPipeline: '', action }, body });

  it('has an empty list of pipelines, and none of any name', async () => {
    const listed = await pipelines('listDataPipelineConfigurations');
    expect([listed.status, listed.element('DataPipelineConfigurations')]).toEqual([200, '']);
    const refused = await pipelines('getDataPipelineConfiguration');
    expect([refused.status, refused.element('Code')]).toEqual([404, 'NoSuchDataPipeline']);
    expect((await pipelines('putDataPipelineConfiguration')).element('Code')).toBe('NoSuchDataPipeline');
  });

  it('is told by name that it cannot make one', async () => {
    const refused = await pipelines('putDataPipelineConfiguration', '<DataPipelineConfiguration/>');
    expect([refused.status, refused.element('Message')]).toEqual([
      501,
      'PutDataPipelineConfiguration is not implemented by this emulator.',
    ]);
  });

  it('has buckets that data sets are not for', async () => {
    const query = { metaQuery: '', action: 'createDataset' };
    const refused = await emulator.send('POST', { query });
    expect([refused.status, refused.element('Code'), refused.element('EC')]).toEqual([
      400,
      'OperationNotSupported',
      '0037-00000001',
    ]);
    expect((await emulator.send('POST', { bucket: 'not-there', query })).element('Code')).toBe('NoSuchBucket');
  });
});
