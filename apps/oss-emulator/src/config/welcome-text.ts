import type { EmulatorConfig } from './config.ts';
import { DEVELOPMENT_CREDENTIALS } from '../emulator-options.ts';

/** What somebody who starts the emulator in a terminal needs next. The one secret in it is the documented one. */
export function welcomeText(url: string, { accessKeyId, region, buckets }: EmulatorConfig): string {
  const pair =
    accessKeyId === undefined
      ? `AccessKey ID ${DEVELOPMENT_CREDENTIALS.accessKeyId}, secret ${DEVELOPMENT_CREDENTIALS.accessKeySecret}`
      : `AccessKey ID ${accessKeyId}`;
  const there = buckets === undefined || buckets.length === 0 ? '' : `, bucket ${buckets.join(', ')}`;
  return [
    `SDKs: endpoint ${url}, region ${region}${there}, ${pair}`,
    `What is stored and who is called: ${url}/__emulator/`,
    '',
  ].join('\n');
}
