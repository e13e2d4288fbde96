import { runCallbackServer } from './run-callback-server.ts';

process.exitCode = await runCallbackServer(process.argv.slice(2));
