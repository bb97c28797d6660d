/**
 * One side of a conversation as a process of its own, for test/support/netns.ts:
 * `device ADDRESS LOG` says "ready" and runs until its standard input ends;
 * `client ADDRESS LOG DEVICE PACKETS` logs in, watches for so many media packets, and logs out.
 */
import { writeFileSync } from 'node:fs';
import { Client } from './simulator/client.ts';
import { startDevice } from './simulator/device.ts';
import { Log } from './simulator/log.ts';
import { madeUpFootage } from './simulator/media-source.ts';

const PORT = 34567;
const [, , side = '', address = '', logPath = '', deviceAddress = '', packets = ''] = process.argv;

if (side === 'device') {
  const device = await startDevice({ host: address, port: PORT, footage: madeUpFootage(48), slowness: 0.2 });
  process.stdout.write('ready\n');
  process.stdin.resume().on('end', async () => {
    writeFileSync(logPath, JSON.stringify(device.log));
    await device.close();
  });
} else {
  const log = new Log('client');
  const client = await Client.connect({ host: deviceAddress, port: PORT, localAddress: address, log });
  await client.login();
  await client.systemInfo('SystemInfo');
  const link = await client.claimMonitor();
  await client.startMonitor();
  await link.received(Number(packets));
  await client.keepAlive();
  await client.stopMonitor();
  await link.close();
  await client.logout();
  await client.close();
  writeFileSync(logPath, JSON.stringify(log));
}
