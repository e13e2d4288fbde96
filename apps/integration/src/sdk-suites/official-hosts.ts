import { Socket } from 'node:net';
import type { SocketConnectOpts } from 'node:net';

/**
 * Loaded into a process (`node --import official-hosts.js?port=9280&securePort=9443`) whose programs name OSS's own hosts, such as `bucket.oss-cn-hangzhou.aliyuncs.com`
 * and `sts.aliyuncs.com`: their connections go to the emulator, and nothing of the programs has to be changed. Names that
 * are not looked up cannot reach the real OSS either.
 */
const OFFICIAL_HOST = /(?:^|\.)aliyuncs\.com$/;

const { searchParams } = new URL(import.meta.url);
const emulatorPort = Number(searchParams.get('port'));
const securePort = Number(searchParams.get('securePort'));
const HTTPS_PORT = '443';

/** What node:net gives to its own method: one array of options and listener, or the arguments of a caller. */
type ConnectArguments = [options: SocketConnectOpts | [SocketConnectOpts, ...unknown[]], ...rest: unknown[]];

// oxlint-disable-next-line typescript/unbound-method -- called with the socket it is called on
const connect = Socket.prototype.connect as (this: Socket, ...args: ConnectArguments) => Socket;

Socket.prototype.connect = function connectToEmulator(this: Socket, ...args: ConnectArguments): Socket {
  const [first] = args;
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && 'port' in options && OFFICIAL_HOST.test(options.host ?? '')) {
    options.host = '127.0.0.1';
    options.port = String(options.port) === HTTPS_PORT ? securePort : emulatorPort;
    delete options.lookup;
  }
  return connect.apply(this, args);
} as typeof Socket.prototype.connect;
