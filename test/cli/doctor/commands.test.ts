import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { doctorSchema, interfaceSchema } from '../../../src/report/records/host-records.ts';
import { ethernet, ipv4, tcp } from '../../dissectors/frames.ts';
import { hasNoNamespaces, ip, openPair, sendFrames } from '../../support/netns.ts';
import { COMMAND, dvrscope, isMissing, lines, sample, startDvrscope } from '../dvrscope.ts';
import { jsonSchema } from '../records.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true });
const isInterface = ajv.compile(jsonSchema('interface'));
const isDoctor = ajv.compile(jsonSchema('doctor'));

function interfaceRecords() {
  const ended = dvrscope(['interfaces', '--json']);
  expect(ended.code).toBe(0);
  return lines(ended.stdout).map((line) => {
    expect(isInterface(JSON.parse(line)), ajv.errorsText(isInterface.errors)).toBe(true);
    return interfaceSchema.parse(JSON.parse(line));
  });
}

function doctorRecord(args: readonly string[]) {
  const { stdout, stderr, code } = dvrscope(['doctor', '--json', ...args]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(isDoctor(JSON.parse(stdout)), ajv.errorsText(isDoctor.errors)).toBe(true);
  return doctorSchema.parse(JSON.parse(stdout));
}

const NOBODY = { uid: 65_534, gid: 65_534 };

/** Whether the tests cannot become another user, or that user could not read the command. */
function isClosedToOthers(): boolean {
  if (process.getuid?.() !== 0) return true;
  const [node, command] = [process.execPath, COMMAND].map(
    (path) => spawnSync('test', ['-r', path], NOBODY).status,
  );
  return node !== 0 || command !== 0;
}

function asNobody(environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...environment };
  const ended = spawnSync(process.execPath, [COMMAND, 'doctor', '--json'], { ...NOBODY, env });
  return doctorSchema.parse(JSON.parse(ended.stdout.toString()));
}

/** Status by check. */
function statuses({ checks }: ReturnType<typeof doctorRecord>): Record<string, string> {
  return Object.fromEntries(checks.map(({ check, status }) => [check, status]));
}

describe('interfaces', () => {
  it('lists those of the machine with their addresses', () => {
    const records = interfaceRecords();
    const known = networkInterfaces();
    expect(records.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(known)));
    for (const { name, addresses } of records) {
      expect(addresses).toEqual((known[name] ?? []).map(({ cidr }) => cidr));
    }
  });

  it.skipIf(hasNoNamespaces() || isMissing('perl'))('shows their traffic (namespaces, perl)', () => {
    const pair = openPair();
    try {
      // Frames go out while the command looks; it takes a second.
      const frame = Buffer.from(ethernet(0x0800, ipv4(tcp()))).toString('hex');
      const sender = `use Time::HiRes 'sleep'; socket(S,17,3,0); my $to = pack("S n i S C C a8",17,3,$ARGV[0],0,0,6,""); for (1..300) { send(S, pack("H*", "${frame}"), 0, $to); sleep 0.01 }`;
      const line = 'perl -e "$1" "$(cat /sys/class/net/$2/ifindex)" & "$3" "$4" interfaces --json; wait';
      const ended = spawnSync('sh', ['-c', line, 'sh', sender, pair.sender, process.execPath, COMMAND]);
      const records = lines(ended.stdout.toString()).map((text) => interfaceSchema.parse(JSON.parse(text)));
      const mirror = records.find(({ name }) => name === pair.mirror);
      expect(mirror).toMatchObject({ link: 'up', kind: 'ethernet', mtu: 1500 });
      expect(mirror?.packetsPerSecond).toBeGreaterThan(20);
      expect(mirror?.packetsPerSecond).toBeLessThan(120);
    } finally {
      pair.close();
    }
  });

  it('is a table for people', () => {
    const [head, ...rows] = lines(dvrscope(['interfaces']).stdout);
    expect(head).toMatch(/^Interface +Link +Packets\/s +Traffic +Addresses$/);
    expect(rows.some((row) => /^lo +(?:up|down|unknown)/.test(row))).toBe(true);
  });
});

describe('doctor', () => {
  it('looks at the machine', () => {
    const record = doctorRecord([]);
    expect(Object.keys(statuses(record))).toEqual([
      'node/version',
      'node/icu',
      'node/zstd',
      'user/root',
      'terminal/locale',
      'terminal/type',
      'kernel/buffer',
      'engine/tcpdump',
      'engine/dumpcap',
      'engine/cap',
      'engine/choice',
    ]);
  });

  it.skipIf(hasNoNamespaces() || isMissing('tcpdump'))(
    'names the engine that live capture takes (tcpdump, root)',
    () => {
      expect(doctorRecord([])).toMatchObject({ engine: 'tcpdump' });
    },
  );

  it('looks at a capture for the faults of mirror ports', () => {
    const path = sample('monitor-two-sockets');
    const record = doctorRecord([path]);
    expect(record.file).toBe(path);
    expect(new Set(Object.values(statuses(record)))).toEqual(new Set(['ok']));
  });

  it.skipIf(hasNoNamespaces() || isMissing('tcpdump') || isMissing('perl'))(
    'looks at an interface, and at what comes through it (namespaces, tcpdump, perl)',
    async () => {
      const pair = openPair();
      try {
        const silent = doctorRecord(['-i', pair.mirror, '--seconds', '1']);
        expect(silent.interface).toBe(pair.mirror);
        expect(statuses(silent)).toMatchObject({ 'interface/link': 'ok', 'mirror/traffic': 'error' });

        const looking = startDvrscope(['doctor', '--json', '-i', pair.mirror, '--seconds', '2']);
        const said = text(looking.stdout);
        const frame = ethernet(0x0800, ipv4(tcp()));
        const sending = setInterval(() => sendFrames(pair.sender, [frame, frame]), 200);
        const record = doctorSchema.parse(JSON.parse(await said));
        clearInterval(sending);
        // One side of one connection, each segment twice at once.
        expect(statuses(record)).toMatchObject({
          'mirror/traffic': 'ok',
          'mirror/directions': 'error',
          'mirror/duplicates': 'warning',
          'mirror/vlan-tags': 'ok',
        });

        ip('link', 'set', pair.mirror, 'down');
        const down = doctorRecord(['-i', pair.mirror]);
        expect(down.engine).toBeUndefined();
        expect(down.checks.find(({ check }) => check === 'interface/link')).toMatchObject({
          status: 'error',
          command: `sudo ip link set ${pair.mirror} up`,
        });
      } finally {
        pair.close();
      }
    },
  );

  describe.skipIf(isClosedToOthers())(
    'for a user without rights (root, and a project that others may read)',
    () => {
      it('says that nothing may capture, and the command that changes it', () => {
        const record = asNobody({});
        expect(record.checks.find(({ check }) => check === 'engine/tcpdump')?.text).toContain(
          'not permitted',
        );
        expect(statuses(record)['user/root']).toBe('ok');
        const choice = record.checks.find(({ check }) => check === 'engine/choice');
        if (record.engine === undefined) {
          expect(choice).toMatchObject({ status: 'error', command: expect.stringMatching(/usermod|setcap/) });
        } else {
          expect(choice?.status).toBe('ok');
        }
      });

      it('says what to install where nothing is', () => {
        const record = asNobody({ PATH: '/nonexistent' });
        expect(record.engine).toBeUndefined();
        expect(statuses(record)).toMatchObject({ 'engine/tcpdump': 'note', 'engine/dumpcap': 'note' });
        expect(record.checks.find(({ check }) => check === 'engine/choice')).toMatchObject({
          status: 'error',
          text: 'nothing here can capture: install dumpcap',
        });
      });
    },
  );

  it('refuses what it cannot look at', () => {
    expect(dvrscope(['doctor', '/nonexistent/capture.pcap'])).toMatchObject({
      code: 3,
      stderr: 'dvrscope: /nonexistent/capture.pcap: no such file\n',
    });
    expect(dvrscope(['doctor', '-i', 'lo', sample('alarms')]).code).toBe(2);
    expect(dvrscope(['doctor', '--seconds', 'ten']).code).toBe(2);
  });
});
