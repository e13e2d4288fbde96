import { describeRecording } from './recording.specs.ts';

describeRecording('the embedded database', () => ({}));
