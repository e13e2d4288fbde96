/** An emulator in a process of its own, for tests that kill it: `node --conditions=@oss-callback/source emulator.child.ts DATA_DIR`. */
import { startEmulator } from '../start-emulator.ts';

const [dataDir = ''] = process.argv.slice(2);
const { url } = await startEmulator({ store: 'file', dataDir });
process.stdout.write(`${url}\n`);
