import { TEST_DATABASE_URL } from './config.ts';
import { describeRecording } from './recording.specs.ts';

describeRecording('the embedded database', {});
describeRecording('a Postgres server', { databaseUrl: TEST_DATABASE_URL }, TEST_DATABASE_URL === undefined);
