export { runDemoClient } from './run-demo-client.ts';
export type { DemoClientStreams } from './run-demo-client.ts';
export { EXIT_CODES } from './exit-codes.ts';
