import { readSettings } from './config.ts';
import { runDemoClient } from './run-demo-client.ts';

process.exitCode = await runDemoClient(process.argv.slice(2), process, readSettings());
