export { OssEmulatorContainer } from './oss-emulator-container.ts';
export { StartedOssEmulatorContainer } from './started-oss-emulator-container.ts';
export { OssEmulatorError } from './oss-emulator-error.ts';
export type { JournaledAttempt, JournaledCallback, JournaledUpload } from './journal.ts';
export type { Addressing, CallbackTargets, Fault, FaultProfile, S3StoreSettings } from './emulator-settings.ts';
