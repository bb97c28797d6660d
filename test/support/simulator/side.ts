/**
 * One side of a scenario as a process of its own, for the recorder: `side.js device|client <scenario> <folder>`.
 * Places and reels lie in the folder. The device says "ready" and runs until its standard input ends; both write their
 * log into the folder.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDevice } from './device.ts';
import { Log } from './log.ts';
import { readReels } from './reel-files.ts';
import { type Places, type Reels, Stage } from './scenario.ts';
import { scenarioNamed } from './scenarios/all.ts';

const [, , side = '', name = '', folder = ''] = process.argv;
const scenario = scenarioNamed(name);
const places: Places = JSON.parse(readFileSync(join(folder, 'places.json'), 'utf8'));
const reels: Reels = readReels(folder);

if (side === 'device') {
  const { deviceAddress, port, discoveryPort } = places;
  const device = await startDevice({ host: deviceAddress, port, discoveryPort, ...scenario.device?.(reels) });
  process.stdout.write('ready\n');
  // The recorder writes a line when the client awaits devices.
  process.stdin.once('data', () => {
    const { registersAs } = scenario;
    if (registersAs === undefined) return;
    const { user, password } = registersAs;
    void device.register({ address: places.clientAddress, port: places.port }, user, password);
  });
  process.stdin.resume().on('end', async () => {
    writeFileSync(join(folder, 'device.json'), JSON.stringify(device.log));
    await device.close();
  });
} else {
  const log = new Log('client');
  await scenario.client(new Stage(places, reels, log));
  writeFileSync(join(folder, 'client.json'), JSON.stringify(log));
}
