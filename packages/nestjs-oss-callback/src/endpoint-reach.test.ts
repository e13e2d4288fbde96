import { describe, expect, it } from 'vitest';
import { endpointReach } from './endpoint-reach.ts';

describe('endpointReach', () => {
  it.each([
    ['http://127.0.0.1:9280', 'loopback'],
    ['http://127.9.9.9', 'loopback'],
    ['http://2130706433', 'loopback'],
    ['http://localhost:9280', 'loopback'],
    ['http://bucket.localhost', 'loopback'],
    ['http://[::1]:9280', 'loopback'],
    ['http://emulator:9280', 'private'],
    ['http://10.0.0.1', 'private'],
    ['http://172.16.0.1', 'private'],
    ['http://172.31.255.255', 'private'],
    ['http://192.168.1.1', 'private'],
    ['http://[fd00::1]', 'private'],
    ['http://host.docker.internal', 'private'],
    ['https://oss-cn-hangzhou.aliyuncs.com', 'public'],
    ['https://OSS-cn-hangzhou.aliyuncs.com.', 'public'],
    ['https://oss-cn-hangzhou-internal.aliyuncs.com', 'public'],
    ['https://files.example.com', 'public'],
    ['http://172.32.0.1', 'public'],
    ['http://169.254.169.254', 'public'],
    ['http://[fe80::1]', 'public'],
    ['http://127.0.0.1.example.com', 'public'],
    ['http://localhost.example.com', 'public'],
  ])('says that %s is %s', (endpoint, reach) => {
    expect(endpointReach(new URL(endpoint))).toBe(reach);
  });
});
